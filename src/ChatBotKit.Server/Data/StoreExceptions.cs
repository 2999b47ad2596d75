using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Data;

/// <summary>
/// The write was based on an old state: its message position is already taken, its log number is not the next one, or its run has
/// ended.
/// </summary>
internal sealed class StaleWriteException(string message, Exception? inner = null) : Exception(message, inner), IApiFailure
{
    ApiError IApiFailure.Error => new(ErrorCode.Conflict, "The conversation was changed at the same time; try again");
}

/// <summary>The parent of a written row no longer exists.</summary>
internal sealed class MissingParentException(string message, Exception? inner = null) : Exception(message, inner), IApiFailure
{
    ApiError IApiFailure.Error => new(ErrorCode.NotFound, "Not found");
}

/// <summary>A unique key other than a message position is already taken.</summary>
internal sealed class DuplicateKeyException(string message, Exception? inner = null) : Exception(message, inner), IApiFailure
{
    ApiError IApiFailure.Error => new(ErrorCode.Conflict, "Unique constraint violation");
}

/// <summary>
/// The database can't be written or read now: the disk is full or fails, or the store is closed. Refused rows never become visible,
/// with one exception: after a failed flush they may have reached the disk, and a process that ends before the next write leaves
/// them there.
/// </summary>
internal sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner), IApiFailure
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>Whether the database file is damaged, so that waiting does not help.</summary>
    public bool IsDamage { get; init; }

    /// <summary>Whether the database file was deleted or replaced while the server was running.</summary>
    public bool IsFileGone { get; init; }

    /// <summary>The text for clients; null for a general one.</summary>
    public string? TextForClients { get; init; }

    ApiError IApiFailure.Error => new(ErrorCode.ServiceUnavailable, TextForClients ?? "The store does not answer; try again later", RetryAfter);
}
