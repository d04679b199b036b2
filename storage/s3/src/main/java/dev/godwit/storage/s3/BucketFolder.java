package dev.godwit.storage.s3;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.StoreUri;
import java.util.stream.Stream;

/**
 * A bucket and what all keys of a vault in it begin with.
 *
 * @param bucket its name
 * @param prefix empty, or ends with a slash
 */
record BucketFolder(String bucket, String prefix) {

  /** Reads {@code s3://bucket/prefix}. */
  static BucketFolder of(StoreUri uri) {
    if (uri.user().isPresent() || uri.password().isPresent()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "an s3:// address holds no login",
          "give the key in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile");
    }
    if (uri.hosts().size() != 1 || uri.hosts().get(0).port() != 0) {
      throw new GodwitException(
          ExitCode.USAGE,
          "an s3:// address names one bucket",
          "such as s3://bucket/prefix; a server of your own is named by ?endpoint=URL");
    }
    String path = uri.path().replaceAll("^/+|/+$", "");
    if (Stream.of(path.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."))) {
      // To a list they are part of the name; of a request's path clients and servers resolve them.
      throw new GodwitException(
          ExitCode.USAGE,
          "an s3:// address holds no '.' or '..' between its slashes",
          "name the prefix as the bucket has it, such as s3://bucket/prefix");
    }
    return new BucketFolder(uri.hosts().get(0).host(), path.isEmpty() ? "" : path + '/');
  }

  String key(String path) {
    return prefix + path;
  }

  String path(String key) {
    return key.substring(prefix.length());
  }

  String display() {
    String text = "s3://" + bucket + '/' + prefix;
    return text.substring(0, text.length() - 1);
  }
}
