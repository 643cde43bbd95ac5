/** Style sheets are bundled beside the script of the panel that imports them. */
declare module '*.css';
