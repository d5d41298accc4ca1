/** mongoose for those outside the server's room, whose own packages do not name it. */
export { type Connection, default } from 'mongoose';
