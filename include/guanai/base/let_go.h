/* Memory that is held and no longer used. */
#ifndef GUANAI_BASE_LET_GO_H
#define GUANAI_BASE_LET_GO_H

/*
 * Gives back what was freed, and takes out of the program's memory what it runs: instructions and constants of the
 * program and its libraries, which come back, a few pages round each that is asked for, as they are run again; the system
 * keeps them as it keeps any file. So long work that consists of different parts holds those of one, not of all, nor
 * what ran before it. Costs some hundred microseconds, most of them for what comes back; never fails.
 */
void ga_memory_let_go(void);

/*
 * For a program that stands open all day, at its very start: what is freed joins its neighbours at once. The C library
 * else sets small pieces aside and joins all of them whenever something large is freed, several times in a start.
 */
void ga_memory_join_small(void);

#endif
