using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The values of the placeholders with data of the contact.</summary>
internal static class ContactPlaceholders
{
    public const string Prefix = "CONTACT_";

    /// <summary>The placeholders with names of the contact, which have no form by which they could be recognized.</summary>
    public static readonly IReadOnlyList<string> Names = ["CONTACT_NAME", "CONTACT_NICK"];

    /// <summary>Returns the values of a stored contact.</summary>
    public static IReadOnlyDictionary<string, string> Of(ResourceRow contact)
    {
        using var document = JsonDocument.Parse(contact.Data, JsonRules.Stored);
        var values = new Dictionary<string, string>(Of(Text("name"), Text("email"), Text("phone"), Text("nick")))
        {
            [Prefix + "ID"] = contact.Id,
        };
        Add("DESCRIPTION", Text("description"));
        Add("PREFERENCES", Text("preferences"));
        return values;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                values.Add(Prefix + name, value);
        }

        string? Text(string field) => document.RootElement.TryGetProperty(field, out var value) ? value.GetString() : null;
    }

    /// <summary>Returns the values by the names of the placeholders; unknown values are left out.</summary>
    public static IReadOnlyDictionary<string, string> Of(string? name, string? email, string? phone, string? nick)
    {
        (string Name, string? Value)[] all =
            [("CONTACT_NAME", name), ("CONTACT_EMAIL", email), ("CONTACT_PHONE", phone), ("CONTACT_NICK", nick)];
        return all.Where(one => !string.IsNullOrEmpty(one.Value)).ToDictionary(one => one.Name, one => one.Value!);
    }
}
