using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Datasets.Search;

/// <summary>A condition on one value of the <c>meta</c> of a record.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Value">The value to compare with.</param>
internal readonly record struct MetaCondition(string Operator, MetaValue Value)
{
    private const string Equal = "$eq";
    private const string Unequal = "$ne";

    private static readonly string[] Operators = [Equal, Unequal, "$gt", "$gte", "$lt", "$lte"];

    /// <summary>Reads the condition on a key: a plain value, or an object with exactly one operator.</summary>
    /// <returns>The condition; null when it is not valid, which is added to the faults.</returns>
    public static MetaCondition? Read(string key, JsonNode? given, Faults faults)
    {
        var (name, value) = (Equal, given);
        if (given is JsonObject { Count: 1 } condition && condition.Single() is var (only, inner) && Operators.Contains(only))
            (name, value) = (only, inner);
        if (value is JsonObject or JsonArray)
        {
            faults.Add($"\"filter.{key}\" must be a plain value, or an object with one of {string.Join(", ", Operators)} and a plain value");
            return null;
        }

        var read = value is null ? MetaValue.Missing : MetaValue.Of(JsonElement.Parse(value.ToJsonString(), JsonRules.Stored));
        if (name is Equal or Unequal || read.IsNumber)
            return new MetaCondition(name, read);
        faults.Add($"\"filter.{key}.{name}\" must be a number");
        return null;
    }

    /// <summary>Whether a value matches. A missing value differs from every other, and is neither greater nor less.</summary>
    public bool Holds(MetaValue value) => Operator switch
    {
        Equal => value.Is(Value),
        Unequal => !value.Is(Value),
        _ when !value.IsNumber => false,
        "$gt" => value.CompareTo(Value) > 0,
        "$gte" => value.CompareTo(Value) >= 0,
        "$lt" => value.CompareTo(Value) < 0,
        _ => value.CompareTo(Value) <= 0,
    };
}
