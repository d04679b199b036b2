package dev.godwit.storage.s3;

import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.server.s3.S3Server;
import java.util.Map;
import java.util.UUID;

/** Places in a server for tests, opened as the provider opens them. */
final class Places {
  private Places() {}

  /** The login of the test server, where the SDK looks for one first. */
  static void login() {
    System.setProperty("aws.accessKeyId", S3Server.KEY);
    System.setProperty("aws.secretAccessKey", S3Server.SECRET);
    System.setProperty("aws.disableEc2Metadata", "true");
  }

  static StoreAddress address(String bucket, String prefix, String endpoint, String more) {
    StoreUri uri =
        StoreUri.parse(
            "s3://" + bucket + '/' + prefix + "?path-style=true&endpoint=" + endpoint + more);
    return new StoreAddress(
        uri, Options.bind(new S3StorageProvider().options(), uri), PasswordSource.NONE);
  }

  /** A storage whose pages are short. */
  static S3Storage open(String bucket, String prefix, String endpoint, String more) {
    return open(bucket, prefix, endpoint, more, Map.of());
  }

  /** With what the environment says, otherwise as the one above. */
  static S3Storage open(
      String bucket, String prefix, String endpoint, String more, Map<String, String> said) {
    StoreAddress address = address(bucket, prefix, endpoint, more);
    BucketFolder folder = BucketFolder.of(address.uri());
    return new S3Storage(
        S3Clients.open(address, folder, said),
        folder,
        ObjectSettings.of(address.options()),
        new PartSizes(1000),
        "work/" + UUID.randomUUID(),
        7,
        ListLag.of(address.options(), said));
  }
}
