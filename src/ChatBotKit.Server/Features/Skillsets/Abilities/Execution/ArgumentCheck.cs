using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>Checks the arguments of a call against the fields of its ability.</summary>
internal static class ArgumentCheck
{
    /// <summary>
    /// Returns the values of all fields: presets, arguments of the fields that the caller may give, and default values. Arguments for
    /// other names are left out.
    /// </summary>
    /// <exception cref="AbilityException">Required fields are missing, or values are invalid; the message names them.</exception>
    public static JsonObject Check(PreparedAbility ability, JsonObject arguments)
    {
        var (values, faults, missing) = (ability.Presets.DeepClone().AsObject(), new List<string>(), new List<string>());
        foreach (var field in ability.Fields)
        {
            if (values.ContainsKey(field.Name))
                continue;
            var given = field.IsOffered ? arguments[field.Name] : null;
            var value = given is null ? field.Default?.DeepClone() : Convert(field, given, faults);
            if (value is not null && !IsEmpty(value))
                values[field.Name] = value;
            else if (field is { IsRequired: true, IsOffered: true } && (given is null || IsEmpty(given)))
                missing.Add(field.Name);
        }

        if (missing.Count > 0)
            faults.Insert(0, $"Required values are missing: {string.Join(", ", missing)}.");
        return faults.Count == 0 ? values : throw new AbilityException(string.Join(" ", faults));
    }

    /// <summary>Returns the names of the required fields that the arguments lack.</summary>
    public static IReadOnlyList<string> Missing(PreparedAbility ability, JsonObject arguments) =>
    [
        .. ability.OfferedFields
            .Where(field => field.IsRequired && field.Default is null && (arguments[field.Name] is not { } value || IsEmpty(value)))
            .Select(field => field.Name),
    ];

    private static bool IsEmpty(JsonNode value) => value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length == 0;

    private static JsonNode? Convert(AbilityField field, JsonNode given, List<string> faults)
    {
        var text = FieldText.Plain(given);
        JsonNode? value = field.Type switch
        {
            AbilityField.NumberType => NumberOf(given, text),
            AbilityField.BooleanType => given.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? given.DeepClone()
                : bool.TryParse(text, out var truth) ? JsonValue.Create(truth) : null,
            AbilityField.ArrayType => given is JsonArray ? given.DeepClone() : null,
            AbilityField.ObjectType => given is JsonObject ? given.DeepClone() : null,
            AbilityField.StringType => JsonValue.Create(text),
            _ => given.DeepClone(),
        };
        if (value is null)
            faults.Add($"\"{field.Name}\" must be of type {field.Type}.");
        else if (field.Choices.Count > 0 && !field.Choices.Contains(text))
            faults.Add($"\"{field.Name}\" must be one of {string.Join(", ", field.Choices)}.");
        else if (SizeOf(field, value, text) is { } size && (size < field.Min || size > field.Max))
            faults.Add($"\"{field.Name}\" is out of its bounds.");
        return value;
    }

    private static JsonNode? NumberOf(JsonNode given, string text)
    {
        if (given.GetValueKind() == JsonValueKind.Number)
            return given.DeepClone();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number) : null;
    }

    private static double? SizeOf(AbilityField field, JsonNode value, string text) => field.Type switch
    {
        AbilityField.NumberType => double.Parse(text, CultureInfo.InvariantCulture),
        AbilityField.StringType => text.Length,
        _ => null,
    };
}
