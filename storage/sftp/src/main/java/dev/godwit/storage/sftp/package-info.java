/** A vault in a folder of an SFTP server. */
package dev.godwit.storage.sftp;
