/**
 * Instrumented code reads the shadow store of an object through one of this many functions (`$0c0`, `$0c1`, …; `$0w0`, … to write; `$0g0`, … to load an element). The engine remembers classes of objects by function, so that objects of different
 * code must not pass through the same one; beyond this number they are shared.
 */
export const companionReaders = 96;
