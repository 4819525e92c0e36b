/*
 * What guanai writes to guanai-paper's standard input: typed rows, nothing the helper could misread.
 *
 *   guanai-paper xlsx FD     rows on stdin, the finished file on the open descriptor FD
 *
 * A record is a letter ‖ length ‖ that many bytes; length: 4 bytes, low one first, ≤ GA_PAPER_TEXT_BYTES.
 *
 *   P  "guanai-paper 1"                                  once, first
 *   S  name of a sheet, 1 … 31 characters, without []:*?/\ or ' at an end
 *   A  set up to print on A4: least height of a row in mm (0 … 99) and four texts, lines of their own; without it
 *      the sheet is a plain table. Fits the width, lies across where it is wide, headings again on every page with
 *      the texts left, in the middle, right above them; the fourth below, beside the page's number
 *   C  kind (one of the cell letters) ‖ width in cells (one byte, least; content widens it) ‖ heading
 *   R  nothing: a new row; its cells follow in the order of the columns, at most as many
 *   T  a text        I  a whole number, up to 15 digits     D  a decimal number     Y  a day, 2026-11-30
 *   E  nothing: an empty cell
 *   Z  nothing: the end; only then anything is written
 *
 * Columns stand right behind their sheet (and its A), before its first row. On a page widths are as told, what is
 * longer is wrapped; there also cells that are not sent have their lines. Texts are UTF-8. Nothing is guessed: a
 * malformed record, a cell past the last column, a number that is none end the program with exit code 1
 * and one sentence on stderr, and nothing has been written.
 */
#ifndef GUANAI_PAPER_STREAM_H
#define GUANAI_PAPER_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GA_PAPER_GREETING "guanai-paper 1"

enum {
    GA_PAPER_HEAD_BYTES = 5,
    GA_PAPER_TEXT_BYTES = 128 << 10,
    GA_PAPER_CELL_CHARS = 32767, /* Excel's own bound */
    GA_PAPER_NAME_CHARS = 31,
    GA_PAPER_SHEETS = 64,
    GA_PAPER_COLUMNS = 500,
    GA_PAPER_ROWS = 1000000,
    GA_PAPER_DIGITS = 15, /* more would be rounded by Excel */
    GA_PAPER_PAGE_CHARS = 60, /* of each text of a page: Excel takes 255 for all */
    GA_PAPER_PAGE_TEXTS = 4,
};

enum ga_paper_kind {
    GA_PAPER_HELLO = 'P',
    GA_PAPER_SHEET = 'S',
    GA_PAPER_PAGE = 'A',
    GA_PAPER_COLUMN = 'C',
    GA_PAPER_ROW = 'R',
    GA_PAPER_TEXT = 'T',
    GA_PAPER_INTEGER = 'I',
    GA_PAPER_DECIMAL = 'D',
    GA_PAPER_DAY = 'Y',
    GA_PAPER_EMPTY = 'E',
    GA_PAPER_END = 'Z',
};

#endif
