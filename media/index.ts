/** The door of the media room: sound, and what is made of it. Knows no calls. */
export {};
