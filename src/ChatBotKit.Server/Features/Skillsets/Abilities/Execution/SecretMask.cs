using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>
/// Removes the secrets that a call has used from what the other server answers. Text is masked after it was decoded, because JSON can write
/// the same characters in several ways.
/// </summary>
internal sealed class SecretMask
{
    private const string Masked = "********";
    private const string Basic = "Basic ";

    /// <summary>Shorter texts are also parts of ordinary words.</summary>
    private const int MinLength = 4;

    // The longest first, so that a part of a secret does not hide the whole of it.
    private readonly SortedSet<string> _secrets = new(Comparer<string>.Create((one, other) =>
        one.Length != other.Length ? other.Length.CompareTo(one.Length) : string.CompareOrdinal(one, other)));

    /// <summary>Adds the text of a header, and the credential in it.</summary>
    public void Add(string header)
    {
        AddText(header);
        AddText(header[(header.LastIndexOf(' ') + 1)..]);
        var decoded = new byte[header.Length];
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) || !Convert.TryFromBase64String(header[Basic.Length..], decoded, out var length))
            return;
        var pair = Encoding.UTF8.GetString(decoded, 0, length);
        AddText(pair);
        AddText(pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..]);
    }

    public string Of(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Masked, StringComparison.Ordinal);
        return text;
    }

    public AbilityResult Of(AbilityResult result) => _secrets.Count == 0
        ? result
        : result with { Value = Of(result.Value), Error = result.Error is { } error ? Of(error) : null };

    private JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject map => MapOf(map),
        JsonArray list => new JsonArray([.. list.Select(Of)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(Of(value.GetValue<string>())),
        _ => node?.DeepClone(),
    };

    private JsonObject MapOf(JsonObject map)
    {
        var masked = new JsonObject();
        foreach (var (name, value) in map)
            masked[Of(name)] = Of(value);
        return masked;
    }

    private void AddText(string text)
    {
        if (text.Length >= MinLength)
            _secrets.Add(text);
    }
}
