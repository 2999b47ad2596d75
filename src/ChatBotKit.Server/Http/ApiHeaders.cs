using Microsoft.AspNetCore.Cors.Infrastructure;

namespace ChatBotKit.Server.Http;

/// <summary>The headers that this API reads and writes besides those of HTTP itself, and who may use them from a browser.</summary>
internal static class ApiHeaders
{
    public const string RequestId = "X-Request-Id";
    public const string RunId = "X-Run-Id";
    public const string FailureCode = "X-Failure-Code";
    public const string Timezone = "X-Timezone";
    public const string IdempotencyKey = "Idempotency-Key";
    public const string IdempotencyKeySupported = "Idempotency-Key-Supported";
    public const string IdempotentReplayed = "Idempotent-Replayed";
    public const string LastEventId = "Last-Event-ID";
    public const string RunAsUserId = "X-RunAs-User-Id";
    public const string RunAsUserIdAlias = "X-RunAs-UserId";
    public const string RunAsChildUserEmail = "X-RunAs-Child-User-Email";

    public const string CorsPolicyName = "api";

    /// <summary>Any page may call with a token; no cookie is ever read, so there is nothing that a foreign page could borrow.</summary>
    public static CorsPolicy CorsPolicy { get; } = new CorsPolicyBuilder()
        .AllowAnyOrigin()
        .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put)
        .WithHeaders(
            "X-Requested-With", "Accept", "Content-Length", "Content-Type", "Authorization",
            Timezone, IdempotencyKey, LastEventId, RunAsUserId, RunAsChildUserEmail)
        .WithExposedHeaders(RunId, RequestId, FailureCode, "Retry-After", IdempotencyKeySupported, IdempotentReplayed)
        .SetPreflightMaxAge(TimeSpan.FromHours(2))
        .Build();

    /// <summary>Whether the path belongs to the API, under either prefix.</summary>
    public static bool IsApiPath(PathString path) =>
        path.StartsWithSegments("/api/v1", StringComparison.Ordinal) || path.StartsWithSegments("/v1", StringComparison.Ordinal);
}
