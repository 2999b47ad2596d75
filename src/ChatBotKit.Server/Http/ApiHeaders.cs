using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Http;

/// <summary>The headers of this API, in addition to those of HTTP itself.</summary>
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

    /// <summary>The headers that a page in a browser may send, in addition to those that its preflight request names.</summary>
    public static string[] FromPages { get; } =
    [
        "X-Requested-With", "Accept", "Content-Length", "Content-Type", "Authorization",
        Timezone, IdempotencyKey, LastEventId, ChildAccounts.IdHeader, ChildAccounts.EmailHeader,
    ];

    /// <summary>The headers that a page may read.</summary>
    public static string[] ToPages { get; } =
        [RunId, RequestId, FailureCode, "Retry-After", IdempotencyKeySupported, IdempotentReplayed, "ETag", "Accept-Ranges", "Content-Range"];

    /// <summary>Whether the path belongs to the API. The comparison ignores case, as routing does.</summary>
    public static bool IsApiPath(PathString path) => path.StartsWithSegments(ApiRoutes.Canonical);
}
