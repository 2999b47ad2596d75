using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>A file in a request: the URL of its bytes, or its description when the bytes are uploaded later.</summary>
[JsonConverter(typeof(AttachmentFileConverter))]
public sealed record AttachmentFile
{
    /// <summary>
    /// Initializes a new instance of the <see cref="AttachmentFile"/> class with the URL of the bytes, which the server
    /// downloads.
    /// </summary>
    /// <param name="url">An http, https or data URL.</param>
    [SuppressMessage("Design", "CA1054", Justification = "A data URL is longer than Uri accepts.")]
    public AttachmentFile(string url) => Url = url;

    /// <summary>
    /// Initializes a new instance of the <see cref="AttachmentFile"/> class that announces a file. Its bytes are uploaded
    /// with the request that the answer contains.
    /// </summary>
    /// <param name="description">The description of the file.</param>
    public AttachmentFile(AttachmentFileDescription description) => Description = description;

    /// <summary>Gets the http, https or data URL; null when the bytes are uploaded later.</summary>
    [SuppressMessage("Design", "CA1056", Justification = "A data URL is longer than Uri accepts.")]
    public string? Url { get; }

    /// <summary>Gets the description of the file; null when its bytes are downloaded from a URL.</summary>
    public AttachmentFileDescription? Description { get; }

    /// <summary>Creates a file whose bytes the server downloads from a URL.</summary>
    /// <param name="url">An http, https or data URL; null returns null.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the named alternative.")]
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator AttachmentFile?(string? url) => url is null ? null : new AttachmentFile(url);
}

/// <summary>Describes a file whose bytes are uploaded later.</summary>
public sealed record AttachmentFileDescription
{
    /// <summary>Gets the media type.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Gets the name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }
}

/// <summary>A JSON string is a URL, a JSON object is a description.</summary>
internal sealed class AttachmentFileConverter : JsonConverter<AttachmentFile>
{
    public override AttachmentFile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new AttachmentFile(reader.GetString()!)
            : new AttachmentFile(JsonSerializer.Deserialize(ref reader, Description(options))!);

    public override void Write(Utf8JsonWriter writer, AttachmentFile value, JsonSerializerOptions options)
    {
        if (value.Description is { } description)
            JsonSerializer.Serialize(writer, description, Description(options));
        else
            writer.WriteStringValue(value.Url);
    }

    private static JsonTypeInfo<AttachmentFileDescription> Description(JsonSerializerOptions options) =>
        (JsonTypeInfo<AttachmentFileDescription>)options.GetTypeInfo(typeof(AttachmentFileDescription));
}
