using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>The headers that this API reads and writes besides those of HTTP itself.</summary>
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

    /// <summary>The headers that a page in a browser may send, besides others that its preflight names.</summary>
    public static string[] FromPages { get; } =
    [
        "X-Requested-With", "Accept", "Content-Length", "Content-Type", "Authorization",
        Timezone, IdempotencyKey, LastEventId, ChildAccounts.IdHeader, ChildAccounts.EmailHeader,
    ];

    /// <summary>The headers that a page may read.</summary>
    public static string[] ToPages { get; } =
        [RunId, RequestId, FailureCode, "Retry-After", IdempotencyKeySupported, IdempotentReplayed];

    /// <summary>Whether the path belongs to the API. Routes are matched in either case, so this is too.</summary>
    public static bool IsApiPath(PathString path) => path.StartsWithSegments(ApiRoutes.Canonical);
}
