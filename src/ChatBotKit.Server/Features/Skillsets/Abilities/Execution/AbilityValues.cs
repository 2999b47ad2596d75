using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>The values that fill the slots of an instruction in one call.</summary>
/// <param name="slots">The slots.</param>
/// <param name="fields">The values of the fields, by name.</param>
/// <param name="engine">The values of the server, by name, without secrets.</param>
internal sealed class AbilityValues(IReadOnlyList<Slot> slots, JsonObject fields, IReadOnlyDictionary<string, string> engine)
{
    /// <summary>Returns the value of a slot, and its text.</summary>
    /// <exception cref="AbilityException">The slot is for a secret, which only headers may have, or for an unknown value.</exception>
    public (JsonNode? Value, string Text) Of(int slot) => slots[slot] switch
    {
        FieldSlot field => OfField(field),
        EngineSlot { IsSecret: true } secret => throw new AbilityException($"The secret {secret.Name} can be used only in headers."),
        var known when engine.TryGetValue(known.Name, out var value) => (JsonValue.Create(value), value),
        var unknown => throw new AbilityException($"There is no value for {unknown.Name} here."),
    };

    /// <summary>Returns the same values with those of other fields.</summary>
    public AbilityValues With(JsonObject other) => new(slots, other, engine);

    /// <summary>Returns the names of the secrets in a text with marks.</summary>
    public IEnumerable<string> SecretsIn(string text)
    {
        var names = new List<string>();
        MarkedText.Fill(text, slot =>
        {
            if (slots[slot] is EngineSlot { IsSecret: true } secret)
                names.Add(secret.Name);
            return "";
        });
        return names;
    }

    /// <summary>Fills a text that may have secrets.</summary>
    /// <param name="text">The text, with marks.</param>
    /// <param name="secrets">The values of the secrets in it, by name.</param>
    public string Fill(string text, IReadOnlyDictionary<string, string> secrets) => MarkedText.Fill(
        text, slot => slots[slot] is EngineSlot { IsSecret: true } secret ? secrets[secret.Name] : Of(slot).Text);

    private (JsonNode? Value, string Text) OfField(FieldSlot slot)
    {
        var value = fields[slot.Name];
        var text = FieldText.Of(value, slot.Operations);
        return FieldText.KeepsValue(slot.Operations) ? (value, text) : (JsonValue.Create(text), text);
    }
}
