using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Json;

/// <summary>
/// Rules that fields of many request bodies share. Limits count bytes of UTF-8, as the API does. A value that is too long is
/// refused, never cut.
/// </summary>
internal static partial class FieldRules
{
    public const int MaxAliasLength = 128;
    public const int MaxNameBytes = 191;
    public const int MaxTextBytes = 65_535;
    public const int MaxBackstoryBytes = 16_777_215;

    /// <summary>
    /// The largest <c>meta</c>, the largest entities of one message, and the largest parameters of one function, in bytes.
    /// </summary>
    public const int MaxFreeBytes = 65_535;

    /// <summary>The maximum length of an entity, in UTF-16 units.</summary>
    public const int MaxEntityLength = 1_000;

    /// <summary>
    /// The largest result of a function, in bytes. It also limits a message that is published on a channel, and the <c>meta</c> of
    /// a message of type <c>activity</c>, because that holds such a result.
    /// </summary>
    public const int MaxResultBytes = 1_048_576;

    public static void CheckName(this Faults faults, string? value, string field = "name") =>
        faults.CheckText(value, field, MaxNameBytes);

    public static void CheckDescription(this Faults faults, string? value, string field = "description") =>
        faults.CheckText(value, field);

    public static void CheckAlias(this Faults faults, string? value)
    {
        if (value is not null && (value.Length > MaxAliasLength || !Alias().IsMatch(value)))
            faults.Add($"\"alias\" must be lower-case letters, digits, - and _, at most {MaxAliasLength}");
    }

    public static void CheckText(this Faults faults, string? value, string field = "text", int maxBytes = MaxTextBytes)
    {
        // A UTF-16 unit takes at most three bytes of UTF-8, so most texts need no counting.
        if (value is not null && value.Length > maxBytes / 3 && Encoding.UTF8.GetByteCount(value) > maxBytes)
            faults.Add($"\"{field}\" may not be longer than {maxBytes} bytes");
    }

    public static void CheckAtLeast(this Faults faults, double? value, double least, string field)
    {
        if (value < least)
            faults.Add($"\"{field}\" must be {least} or more");
    }

    public static void CheckRange(this Faults faults, double? value, double least, double most, string field)
    {
        if (value < least || value > most)
            faults.Add($"\"{field}\" must be from {least} to {most}");
    }

    /// <summary>Checks the size of a free-form JSON value. The size is that of the stored form, which has no white space.</summary>
    public static void CheckJson(this Faults faults, JsonNode? value, string field, int maxBytes = MaxFreeBytes)
    {
        if (value is not null && JsonSize.Of(value) > maxBytes)
            faults.Add($"\"{field}\" may not be longer than {maxBytes} bytes as JSON");
    }

    /// <summary>
    /// Checks entities. The texts that they mark are kept and searched in the whole conversation, and entities may overlap, so their lengths
    /// are limited one by one and together.
    /// </summary>
    public static void CheckEntities(this Faults faults, IReadOnlyList<Entity>? entities, string field = "entities")
    {
        if (entities is not { Count: > 0 })
            return;
        if (JsonSize.Of(entities) > MaxFreeBytes)
            faults.Add($"\"{field}\" may not be longer than {MaxFreeBytes} bytes as JSON");
        var lengths = entities.Select(static entity => Math.Max(0L, (long)entity.End - entity.Begin)).ToList();
        if (lengths.Max() > MaxEntityLength)
            faults.Add($"\"{field}\" may mark at most {MaxEntityLength} characters each");
        else if (lengths.Sum() > MaxTextBytes)
            faults.Add($"\"{field}\" may mark at most {MaxTextBytes} characters in all");
    }

    public static void CheckMeta(this Faults faults, JsonObject? value, string field = "meta", int maxBytes = MaxFreeBytes)
    {
        if (value is null)
            return;
        faults.CheckJson(value, field, maxBytes);
        foreach (var (key, _) in MetaJson.Content(value))
        {
            if (key.StartsWith('_'))
                faults.Add($"\"{field}.{key}\" is not allowed: keys that start with an underscore are reserved");
        }
    }

    public static void CheckNul(this Faults faults, JsonNode? value, string field) => faults.CheckNul(HoldsNul(value), field);

    public static void CheckNul(this Faults faults, string? value, string field) => faults.CheckNul(HoldsNul(value), field);

    private static void CheckNul(this Faults faults, bool holdsNul, string field)
    {
        if (holdsNul)
            faults.Add($"\"{field}\" holds the character U+0000, which not every database can store");
    }

    private static bool HoldsNul(JsonNode? value) => value switch
    {
        JsonObject members => members.Any(member => HoldsNul(member.Key) || HoldsNul(member.Value)),
        JsonArray elements => elements.Any(HoldsNul),
        JsonValue text => text.TryGetValue<string>(out var read) && HoldsNul(read),
        _ => false,
    };

    private static bool HoldsNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) is true;

    [GeneratedRegex(@"\A[a-z0-9_-]*\z")]
    private static partial Regex Alias();
}
