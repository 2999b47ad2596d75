using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Data;

/// <summary>The bytes of a new blob.</summary>
/// <param name="Bytes">The bytes, which are read once.</param>
internal sealed record BlobContent(Stream Bytes)
{
    /// <summary>The expected number of bytes; null when it is unknown.</summary>
    public long? Length { get; init; }

    /// <summary>The expected SHA-256 of the bytes; null when it is unknown.</summary>
    public byte[]? Sha256 { get; init; }

    /// <summary>
    /// Checks the number of bytes that were read so far, before they are stored. An exception refuses the blob. Null for no check.
    /// </summary>
    public Action<long>? CheckLength { get; init; }
}

/// <summary>The bytes of a new blob do not have the expected length or hash.</summary>
internal sealed class BlobMismatchException(string message) : Exception(message), IApiFailure
{
    ApiError IApiFailure.Error => new(ErrorCode.BadRequest, Message);
}
