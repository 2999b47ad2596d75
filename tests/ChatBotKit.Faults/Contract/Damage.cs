using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Faults.Contract;

/// <summary>Changes a valid body to one that is almost valid, or is not JSON.</summary>
internal sealed class Damage(ValueMaker values, IReadOnlyList<string> ids, Dice dice)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2000 };

    /// <summary>Returns the bytes of the body.</summary>
    public byte[] Write(JsonNode? body, bool isDamaged)
    {
        if (isDamaged)
        {
            for (var times = 1 + dice.Below(3); times > 0; times--)
                body = Change(body);
        }

        var text = (body?.ToJsonString(Plain) ?? "null").Replace("\\u0001lone\\u0001", dice.Pick("\\ud800", "\\udc00x", "a\\ud83d"), StringComparison.Ordinal);
        return isDamaged && dice.Chance(30) ? Break(text) : Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Changes one place of the tree.</summary>
    private JsonNode? Change(JsonNode? root)
    {
        var places = Places(root).ToList();
        if (places.Count == 0)
            return Odd();
        switch (dice.Pick(places))
        {
            case (JsonObject parent, string name):
                ChangeField(parent, name);
                break;
            case (JsonArray parent, int index):
                if (dice.Chance(20))
                    parent.RemoveAt(index);
                else
                    parent[index] = Odd();
                break;
        }

        return root;
    }

    private void ChangeField(JsonObject parent, string name)
    {
        switch (dice.Below(8))
        {
            case 0:
                parent.Remove(name);
                break;
            case 1:
                parent[name] = null;
                break;
            case 2:
                parent[dice.Pick("extra", "__proto__", "", "Name", Dice.LoneSurrogate, "a\0", "$update", "_reserved")] = Odd();
                break;
            case 3:
                parent[name] = dice.Pick(ids);
                break;
            default:
                parent[name] = Odd();
                break;
        }
    }

    private JsonNode? Odd() => dice.Below(6) switch
    {
        0 => null,
        1 => JsonValue.Create(dice.OddNumber()),
        2 => values.Any(0),
        3 => new JsonObject(),
        4 => new JsonArray(),
        _ => dice.OddText(),
    };

    /// <summary>Returns text that no JSON writer produces.</summary>
    private byte[] Break(string text)
    {
        var at = dice.Below(text.Length + 1);
        return dice.Below(13) switch
        {
            0 => Encoding.UTF8.GetBytes(text[..at]),
            1 => [.. Encoding.UTF8.GetBytes(text[..at]), dice.Pick<byte>(0xFF, 0xC0, 0x80, 0x00, 0xED), .. Encoding.UTF8.GetBytes(text[at..])],
            2 => Encoding.UTF8.GetBytes(new string('[', 100_000)),
            3 => Encoding.UTF8.GetBytes(text.Replace("}", ",\"deep\":" + new string('[', 70) + new string(']', 70) + "}", StringComparison.Ordinal)),
            4 => Encoding.UTF8.GetBytes(Twice(text)),
            5 => Encoding.UTF8.GetBytes(text + text),
            6 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            7 => Encoding.Unicode.GetBytes(text),
            8 => Encoding.UTF8.GetBytes(text.Replace("{}", """{"a":1,"\u0061":2}""", StringComparison.Ordinal)),
            9 => Encoding.UTF8.GetBytes(text.Replace("{}", """{"free":{"a\nb":1,"a\nb":2}}""", StringComparison.Ordinal)),
            10 => Encoding.UTF8.GetBytes(text.Replace("{}", $$"""{"n":{{dice.Pick("1e999", "-1e999", "0e99999999999", new string('9', 5000))}}}""", StringComparison.Ordinal)),
            11 => Encoding.UTF8.GetBytes(text.Replace("{}", $$"""{"large":"{{new string('x', 200_000)}}"}""", StringComparison.Ordinal)),
            _ => dice.Bytes(dice.Below(300)),
        };
    }

    /// <summary>Duplicates the first field.</summary>
    private static string Twice(string text)
    {
        var end = text.IndexOfAny([',', '}']);
        return text.StartsWith('{') && end > 1 ? $"{text[..end]},{text[1..]}" : text;
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node) => node switch
    {
        JsonObject one => one.SelectMany(field => Places(field.Value).Prepend((one, field.Key))),
        JsonArray many => many.SelectMany((element, index) => Places(element).Prepend((many, index))),
        _ => [],
    };
}
