using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.Features;

/// <summary>
/// The rules that fields of many bodies share. Faults are collected, so that a caller learns all of them from one answer.
/// Limits are in bytes of UTF-8, as the API counts them; a longer text is refused, never cut.
/// </summary>
internal sealed class FieldChecks
{
    public const int MaxNameBytes = 191;
    public const int MaxTextBytes = 65_535;
    public const int MaxBackstoryBytes = 16_777_215;
    public const int MaxReferenceBytes = 191;

    private List<string>? _faults;

    public void Name(string? value, string field = "name") => Text(field, value, MaxNameBytes);

    public void Description(string? value, string field = "description") => Text(field, value, MaxTextBytes);

    public void Text(string field, string? value, int maxBytes)
    {
        // No character takes more than three bytes per UTF-16 unit, so most texts need no counting.
        if (value is not null && value.Length > maxBytes / 3 && Encoding.UTF8.GetByteCount(value) > maxBytes)
            Add(field, $"must not be longer than {maxBytes} bytes");
    }

    public void Meta(JsonObject? value, string field = "meta")
    {
        foreach (var (key, _) in MetaJson.Content(value) ?? [])
        {
            if (key.StartsWith('_'))
                Add($"{field}.{key}", "is reserved: keys must not start with an underscore");
        }
    }

    public void Type(MessageType value, string field = "type")
    {
        if (!MessageTypes.IsKnown(value.Value))
            Add(field, $"must be one of {string.Join(", ", MessageTypes.All)}");
    }

    public void Model(ModelRegistry models, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        try
        {
            models.Resolve(value);
        }
        catch (ModelReferenceException exception)
        {
            Add("model", $"can't be used: {exception.Message}");
        }
    }

    /// <summary>A reference to a kind of resource that this server does not have: no id can be right.</summary>
    public void Unserved(string field, string? id)
    {
        if (!string.IsNullOrEmpty(id))
            Add(field, "refers to nothing: this server has no such resources");
    }

    public void Add(string field, string fault) => (_faults ??= []).Add($"\"{field}\" {fault}");

    /// <exception cref="ApiException">400 with every fault.</exception>
    public void ThrowIfAny()
    {
        if (_faults is not null)
            throw ApiException.BadRequest(string.Join("; ", _faults));
    }
}
