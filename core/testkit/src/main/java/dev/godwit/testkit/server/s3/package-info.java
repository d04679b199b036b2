/** An S3 server, and a network before it that fails. */
package dev.godwit.testkit.server.s3;
