package dev.godwit.storage.s3;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.StoreAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Makes the SDK's client of an address. */
final class S3Clients {
  private static final int ATTEMPTS = 8;

  private S3Clients() {}

  /**
   * The client.
   *
   * @param environment in which it may be named who vouches for the server
   */
  static S3Client open(StoreAddress address, BucketFolder folder, Map<String, String> environment) {
    Options options = address.options();
    Optional<URI> endpoint = options.text("endpoint").map(S3Clients::endpoint);
    Region region = region(options, endpoint.isPresent());
    Worked worked = new Worked();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region)
            .credentialsProvider(credentials(options, region, environment))
            .forcePathStyle(options.on("path-style"))
            .httpClientBuilder(
                Https.client(environment)
                    .maxConnections(64)
                    .connectionTimeout(Duration.ofSeconds(10))
                    .socketTimeout(Duration.ofSeconds(60)))
            // Checksums are sent by our own code, in a header that every server knows or ignores.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                c -> c.addExecutionInterceptor(worked).retryStrategy(retries(worked)));
    endpoint.ifPresent(builder::endpointOverride);
    try {
      return builder.build();
    } catch (SdkClientException | IllegalArgumentException e) {
      throw new GodwitException(
          ExitCode.USAGE, "cannot use " + folder.display() + ": " + e.getMessage(), null, e);
    }
  }

  /** Whether any request was taken, which proves the login. */
  private static final class Worked implements ExecutionInterceptor {
    private volatile boolean once;

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      once = true;
    }
  }

  /**
   * With the SDK's waits between attempts. Bytes that were bent on their way are sent again; to
   * some servers a signature over them seems wrong, and so it may only where none was right before.
   */
  private static RetryStrategy retries(Worked worked) {
    return new UnlessRefused(
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(ATTEMPTS)
            .retryOnException(
                e ->
                    e instanceof AwsServiceException answered
                        && switch (S3Failure.code(answered)) {
                          case "BadDigest", "XAmzContentSHA256Mismatch", "IncompleteBody" -> true;
                          case "SignatureDoesNotMatch" -> worked.once;
                          default -> false;
                        })
            .build());
  }

  private static URI endpoint(String text) {
    try {
      URI uri = URI.create(text);
      boolean http = uri.getScheme() != null && uri.getScheme().matches("https?");
      boolean port = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() < 65536);
      if (http && uri.getHost() != null && port && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Told below, without its text, which may hold anything.
    }
    throw new GodwitException(
        ExitCode.USAGE, "the endpoint is no URL", "such as endpoint=https://s3.example.org:9000");
  }

  private static Region region(Options options, boolean ownServer) {
    if (options.text("region").isPresent()) {
      return Region.of(options.text("region").get());
    }
    try {
      var chain = DefaultAwsRegionProviderChain.builder();
      options.text("profile").ifPresent(chain::profileName);
      return chain.build().getRegion();
    } catch (SdkClientException e) {
      if (ownServer) {
        return Region.US_EAST_1;
      }
      throw new GodwitException(
          ExitCode.USAGE,
          "no region is given for S3",
          "add ?region=NAME to the address, or set AWS_REGION",
          e);
    }
  }

  private static AwsCredentialsProvider credentials(
      Options options, Region region, Map<String, String> environment) {
    AwsCredentialsProvider login =
        options
            .text("profile")
            .<AwsCredentialsProvider>map(ProfileLogin::new)
            .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    if (options.text("role").isEmpty()) {
      return login;
    }
    StsClient sts =
        StsClient.builder()
            .region(region)
            .credentialsProvider(login)
            .httpClientBuilder(Https.client(environment))
            .build();
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(r -> r.roleArn(options.text("role").get()).roleSessionName("godwit"))
        .build();
  }
}
