package dev.godwit.storage.s3;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageProvider;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/** Keeps a vault in {@code s3://bucket/prefix}. */
public final class S3StorageProvider implements StorageProvider {
  @Override
  public Set<String> schemes() {
    return Set.of("s3");
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        OptionSpec.text("endpoint", "", "the server's URL, where it is not AWS"),
        OptionSpec.text("region", "", "the bucket's region, else AWS_REGION or the profile's"),
        OptionSpec.onOff("path-style", false, "name the bucket in the path, not in the host"),
        OptionSpec.text("profile", "", "a profile of ~/.aws/config and ~/.aws/credentials"),
        OptionSpec.text("role", "", "the ARN of a role to take on"),
        OptionSpec.text("storage-class", "", "of volumes, such as STANDARD_IA"),
        OptionSpec.text("sse", "", "encryption by the server: AES256, aws:kms or aws:kms:dsse"),
        OptionSpec.text("sse-kms-key", "", "the key for sse=aws:kms, its id or ARN"),
        OptionSpec.text("object-lock", "", "such as governance:30d or compliance:365d"),
        OptionSpec.number("max-parts", 1000, "most parts that the server takes for one object"),
        OptionSpec.text(ListLag.OPTION, "", ListLag.HELP));
  }

  @Override
  public Storage open(StoreAddress address, String work) {
    ObjectSettings settings = ObjectSettings.of(address.options());
    PartSizes parts = new PartSizes((int) Math.min(10_000, address.options().number("max-parts")));
    BucketFolder folder = BucketFolder.of(address.uri());
    return new S3Storage(
        S3Clients.open(address, folder, System.getenv()),
        folder,
        settings,
        parts,
        work,
        1000,
        ListLag.of(address.options(), System.getenv()));
  }
}
