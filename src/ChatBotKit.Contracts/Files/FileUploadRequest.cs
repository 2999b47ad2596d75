using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A request to upload the bytes of a file, or to announce them.</summary>
public sealed record FileUploadRequest
{
    /// <summary>Gets the http, https or data URL of the bytes, or their description when they are uploaded later.</summary>
    public AttachmentFile? File { get; init; }
}

/// <summary>The file that was uploaded or announced.</summary>
public sealed record FileUploadResponse : ApiObject
{
    /// <summary>Gets the id of the file.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the request that uploads the bytes; null when the server has them already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PresignedRequest? UploadRequest { get; init; }

    /// <summary>Gets the request that reads the bytes; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PresignedRequest? DownloadRequest { get; init; }
}
