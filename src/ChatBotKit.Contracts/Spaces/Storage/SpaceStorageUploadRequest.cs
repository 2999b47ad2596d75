using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A request to store a file in a space, or to announce it.</summary>
public sealed record SpaceStorageUploadRequest
{
    /// <summary>Gets the http, https or data URL of the bytes, or their description when they are uploaded later.</summary>
    public SpaceStorageFile? File { get; init; }
}

/// <summary>The file that was stored or announced.</summary>
public sealed record SpaceStorageUploadResponse : ApiObject
{
    /// <summary>Gets the id of the file, which is derived from its path.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the path from the root of the space.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the request that uploads the bytes; null when the server has them already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PresignedRequest? UploadRequest { get; init; }
}
