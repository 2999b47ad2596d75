using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Data;

/// <summary>The write was made on an old state: its message position is already taken, its log number is not the next one, or its run has ended.</summary>
internal sealed class StaleWriteException(string message, Exception? inner = null) : Exception(message, inner), IApiFailure
{
    ApiError IApiFailure.Error => new(ErrorCode.Conflict, "The conversation was changed at the same time; try again");
}

/// <summary>The row that the write belongs to is gone.</summary>
internal sealed class MissingParentException(string message, Exception? inner = null) : Exception(message, inner), IApiFailure
{
    ApiError IApiFailure.Error => new(ErrorCode.NotFound, "Not found");
}

/// <summary>A unique key other than a position is already taken.</summary>
internal sealed class DuplicateKeyException(string message, Exception? inner = null) : Exception(message, inner), IApiFailure
{
    ApiError IApiFailure.Error => new(ErrorCode.Conflict, "Unique constraint violation");
}

/// <summary>
/// The database can't store or read anything now: the disk is full or fails, or the store is closed. Nobody sees what was to
/// be stored, unless the process ends before the next write: a flush that failed may have reached the disk nevertheless.
/// </summary>
internal sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner), IApiFailure
{
    private static readonly TimeSpan WorthWaiting = TimeSpan.FromSeconds(2);

    /// <summary>The database file is damaged; it does not mend by itself.</summary>
    public bool IsDamage { get; init; }

    /// <summary>Somebody deleted or replaced the database file under the running server.</summary>
    public bool IsFileGone { get; init; }

    ApiError IApiFailure.Error => new(ErrorCode.ServiceUnavailable, "The store does not answer; try again later", WorthWaiting);
}
