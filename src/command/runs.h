/* The sub-commands themselves, a line each for the table in command.c; private to this room. */
#ifndef GUANAI_COMMAND_RUNS_H
#define GUANAI_COMMAND_RUNS_H

#include "guanai/command/command.h"

enum ga_exit ga_run_add(struct ga_command_line *line);
enum ga_exit ga_run_alarms(struct ga_command_line *line);
enum ga_exit ga_run_appraisal(struct ga_command_line *line);
enum ga_exit ga_run_backup(struct ga_command_line *line);
enum ga_exit ga_run_catch_up(struct ga_command_line *line);
enum ga_exit ga_run_check(struct ga_command_line *line);
enum ga_exit ga_run_checklist(struct ga_command_line *line);
enum ga_exit ga_run_checklist_sign(struct ga_command_line *line);
enum ga_exit ga_run_demo(struct ga_command_line *line); /* with the screens that main.c brought */
enum ga_exit ga_run_card_numbers(struct ga_command_line *line);
enum ga_exit ga_run_card_numbers_renew(struct ga_command_line *line);
enum ga_exit ga_run_doubles(struct ga_command_line *line);
enum ga_exit ga_run_doubles_differ(struct ga_command_line *line);
enum ga_exit ga_run_doubles_link(struct ga_command_line *line);
enum ga_exit ga_run_doubles_unlink(struct ga_command_line *line);
enum ga_exit ga_run_due(struct ga_command_line *line);
enum ga_exit ga_run_duties(struct ga_command_line *line);
enum ga_exit ga_run_edit(struct ga_command_line *line);
enum ga_exit ga_run_excuses(struct ga_command_line *line);
enum ga_exit ga_run_excuses_confirm(struct ga_command_line *line);
enum ga_exit ga_run_excuses_say(struct ga_command_line *line);
enum ga_exit ga_run_export(struct ga_command_line *line);
enum ga_exit ga_run_figures(struct ga_command_line *line);
enum ga_exit ga_run_find(struct ga_command_line *line);
enum ga_exit ga_run_forms_accept(struct ga_command_line *line);
enum ga_exit ga_run_forms_list(struct ga_command_line *line);
enum ga_exit ga_run_forms_off(struct ga_command_line *line);
enum ga_exit ga_run_forms_on(struct ga_command_line *line);
enum ga_exit ga_run_forms_check(struct ga_command_line *line);
enum ga_exit ga_run_help(struct ga_command_line *line);
enum ga_exit ga_run_history(struct ga_command_line *line);
enum ga_exit ga_run_forms_share(struct ga_command_line *line);
enum ga_exit ga_run_forms_shared(struct ga_command_line *line);
enum ga_exit ga_run_import(struct ga_command_line *line);
enum ga_exit ga_run_init(struct ga_command_line *line);
enum ga_exit ga_run_list(struct ga_command_line *line);
enum ga_exit ga_run_materials(struct ga_command_line *line);
enum ga_exit ga_run_note(struct ga_command_line *line);
enum ga_exit ga_run_note_done(struct ga_command_line *line);
enum ga_exit ga_run_notes(struct ga_command_line *line);
enum ga_exit ga_run_phones(struct ga_command_line *line);
enum ga_exit ga_run_plan(struct ga_command_line *line);
enum ga_exit ga_run_plan_undo(struct ga_command_line *line);
enum ga_exit ga_run_priorities(struct ga_command_line *line);
enum ga_exit ga_run_restore(struct ga_command_line *line);
enum ga_exit ga_run_salvage(struct ga_command_line *line); /* guanai check --salvage */
enum ga_exit ga_run_sync(struct ga_command_line *line);
enum ga_exit ga_run_show(struct ga_command_line *line);
enum ga_exit ga_run_verify(struct ga_command_line *line);
enum ga_exit ga_run_version(struct ga_command_line *line);
enum ga_exit ga_run_year_end(struct ga_command_line *line);

#endif
