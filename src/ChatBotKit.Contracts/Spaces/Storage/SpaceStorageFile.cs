using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>A file in a request: the URL of its bytes, or its description when the bytes are uploaded later.</summary>
[JsonConverter(typeof(SpaceStorageFileConverter))]
public sealed record SpaceStorageFile
{
    /// <summary>
    /// Initializes a new instance of the <see cref="SpaceStorageFile"/> class with the URL of the bytes, which the server
    /// downloads.
    /// </summary>
    /// <param name="url">An http, https or data URL.</param>
    [SuppressMessage("Design", "CA1054", Justification = "A data URL is longer than Uri accepts.")]
    public SpaceStorageFile(string url) => Url = url;

    /// <summary>
    /// Initializes a new instance of the <see cref="SpaceStorageFile"/> class that announces a file. Its bytes are uploaded
    /// with the request that the answer contains.
    /// </summary>
    /// <param name="description">The description of the file.</param>
    public SpaceStorageFile(SpaceStorageFileDescription description) => Description = description;

    /// <summary>Gets the http, https or data URL; null when the bytes are uploaded later.</summary>
    [SuppressMessage("Design", "CA1056", Justification = "A data URL is longer than Uri accepts.")]
    public string? Url { get; }

    /// <summary>Gets the description of the file; null when its bytes are downloaded from a URL.</summary>
    public SpaceStorageFileDescription? Description { get; }

    /// <summary>Creates a file whose bytes the server downloads from a URL.</summary>
    /// <param name="url">An http, https or data URL; null returns null.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the named alternative.")]
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator SpaceStorageFile?(string? url) => url is null ? null : new SpaceStorageFile(url);
}

/// <summary>Describes a file whose bytes are uploaded later. Its name is the path.</summary>
public sealed record SpaceStorageFileDescription
{
    /// <summary>Gets the media type.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Gets the name. It is not needed, because the path has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>Gets the custom metadata of the file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Meta { get; init; }
}

/// <summary>A JSON string is a URL, a JSON object is a description.</summary>
internal sealed class SpaceStorageFileConverter : JsonConverter<SpaceStorageFile>
{
    public override SpaceStorageFile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new SpaceStorageFile(reader.GetString()!)
            : new SpaceStorageFile(JsonSerializer.Deserialize(ref reader, Description(options))!);

    public override void Write(Utf8JsonWriter writer, SpaceStorageFile value, JsonSerializerOptions options)
    {
        if (value.Description is { } description)
            JsonSerializer.Serialize(writer, description, Description(options));
        else
            writer.WriteStringValue(value.Url);
    }

    private static JsonTypeInfo<SpaceStorageFileDescription> Description(JsonSerializerOptions options) =>
        (JsonTypeInfo<SpaceStorageFileDescription>)options.GetTypeInfo(typeof(SpaceStorageFileDescription));
}
