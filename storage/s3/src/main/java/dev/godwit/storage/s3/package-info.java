/** A vault in an S3 bucket, of AWS or of any server that speaks the same. */
package dev.godwit.storage.s3;
