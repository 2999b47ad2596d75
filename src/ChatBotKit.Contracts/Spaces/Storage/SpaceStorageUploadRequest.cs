using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A request to store a file in a space, or announces it.</summary>
public sealed record SpaceStorageUploadRequest
{
    /// <summary>Gets the http, https or data URL of the bytes, or what is known about them when they come later.</summary>
    public SpaceStorageFile? File { get; init; }
}

/// <summary>The file that was stored, or waits for its bytes.</summary>
public sealed record SpaceStorageUploadResponse : ApiObject
{
    /// <summary>Gets the id of the file, which follows from the path.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the path from the root of the space.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the request that puts the bytes; null when the server has them already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PresignedRequest? UploadRequest { get; init; }
}
