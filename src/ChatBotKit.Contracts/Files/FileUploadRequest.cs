using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A request to upload the bytes of a file, or announces them.</summary>
public sealed record FileUploadRequest
{
    /// <summary>Gets the http, https or data URL of the bytes, or what is known about them when they come later.</summary>
    public AttachmentFile? File { get; init; }
}

/// <summary>The file that got its bytes, or waits for them.</summary>
public sealed record FileUploadResponse : ApiObject
{
    /// <summary>Gets the id of the file.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the request that puts the bytes; null when the server has them already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PresignedRequest? UploadRequest { get; init; }

    /// <summary>Gets the request that reads the bytes; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PresignedRequest? DownloadRequest { get; init; }
}
