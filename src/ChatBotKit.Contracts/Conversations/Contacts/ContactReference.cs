using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatBotKit;

/// <summary>A contact in a request: the id of a stored contact, or the details by which one is found or created.</summary>
[JsonConverter(typeof(ContactReferenceConverter))]
public sealed record ContactReference
{
    /// <summary>Initializes a new instance of the <see cref="ContactReference"/> class that refers to a stored contact.</summary>
    /// <param name="id">The id or alias of the contact.</param>
    public ContactReference(string id) => Id = id;

    /// <summary>
    /// Initializes a new instance of the <see cref="ContactReference"/> class with the details of a contact. The
    /// fingerprint is required.
    /// </summary>
    /// <param name="details">The details.</param>
    public ContactReference(ContactUpsertRequest details) => Details = details;

    /// <summary>Gets the id or alias; null when the details are given.</summary>
    public string? Id { get; }

    /// <summary>Gets the details; null when the id is given.</summary>
    public ContactUpsertRequest? Details { get; }

    /// <summary>Creates a reference to a stored contact.</summary>
    /// <param name="id">The id or alias of the contact; null returns null.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the named alternative.")]
    [return: NotNullIfNotNull(nameof(id))]
    public static implicit operator ContactReference?(string? id) => id is null ? null : new ContactReference(id);
}

/// <summary>A JSON string is an id, a JSON object holds the details.</summary>
internal sealed class ContactReferenceConverter : JsonConverter<ContactReference>
{
    public override ContactReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new ContactReference(reader.GetString()!)
            : new ContactReference(JsonSerializer.Deserialize(ref reader, Details(options))!);

    public override void Write(Utf8JsonWriter writer, ContactReference value, JsonSerializerOptions options)
    {
        if (value.Details is { } details)
            JsonSerializer.Serialize(writer, details, Details(options));
        else
            writer.WriteStringValue(value.Id);
    }

    private static JsonTypeInfo<ContactUpsertRequest> Details(JsonSerializerOptions options) =>
        (JsonTypeInfo<ContactUpsertRequest>)options.GetTypeInfo(typeof(ContactUpsertRequest));
}
