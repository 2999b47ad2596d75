using System.Text.Json.Nodes;

namespace ChatBotKit.Faults.Contract;

/// <summary>Generates values that match a schema. For some fields, the name determines the value.</summary>
/// <param name="description">The description with the schemas.</param>
/// <param name="own">The ids to use.</param>
/// <param name="dice">The random decisions.</param>
internal sealed class ValueMaker(ApiDescription description, World own, Dice dice)
{
    /// <summary>The percentage of optional fields that are set.</summary>
    private const int Optional = 25;

    public JsonNode? Make(JsonNode written, string name = "", int depth = 0)
    {
        var schema = description.Resolve(written);
        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray forms)
            return Make(dice.Pick([.. forms.Select(form => form!)]), name, depth);
        if (name == "resources")
            return dice.Chance(60) ? Resources() : Free(depth);
        if (schema["enum"] is JsonArray choices)
            return dice.Pick([.. choices])?.DeepClone();
        if (schema["type"] is not { } type)
            return Any(depth);
        return dice.Pick([.. SchemaCheck.TypesOf(type)]) switch
        {
            "null" => null,
            "string" => Text(name),
            "boolean" => dice.Chance(50),
            "integer" or "number" => Number(name),
            "array" => Array(schema, name, depth),
            _ => Object(schema, depth),
        };
    }

    /// <summary>Returns JSON of any type.</summary>
    public JsonNode? Any(int depth) => dice.Below(depth > 3 ? 5 : 7) switch
    {
        0 => null,
        1 => dice.Chance(50),
        2 => dice.Below(1000),
        3 => dice.PlainText(),
        4 => dice.OddText(),
        5 => new JsonArray([.. Enumerable.Range(0, dice.Below(4)).Select(_ => Any(depth + 1))]),
        _ => Free(depth),
    };

    private JsonObject Free(int depth)
    {
        var made = new JsonObject();
        for (var left = dice.Below(4); left > 0; left--)
            made[dice.Pick("a", "b", "key", "with space", "ключ", "a.b", "type", "$update")] = Any(depth + 1);
        return made;
    }

    private JsonObject Object(JsonObject schema, int depth)
    {
        if (schema["properties"] is not JsonObject properties)
            return Free(depth);
        var required = (schema["required"]?.AsArray() ?? []).Select(one => (string)one!).ToHashSet();
        var made = new JsonObject();
        foreach (var (name, inner) in properties)
        {
            // A function with a channel would make the run wait for a result that nobody publishes.
            if (name != "channel" && dice.Chance(required.Contains(name) ? 100 : depth > 4 ? 5 : Optional))
                made[name] = Make(inner!, name, depth + 1);
        }

        return made;
    }

    /// <summary>Generates an import of resources, some of which are not valid.</summary>
    private JsonObject Resources() => JsonNode.Parse(dice.Pick(
        """{"bot":[{"id":"b","alias":"storm","datasetId":"d"}],"dataset":[{"id":"d","name":"Docs"}]}""",
        """{"space":[{"$files":[{"path":"a/b.txt","content":"hello"}]}],"file":[{"$text":"hello"}]}""",
        """{"skillset":[{"id":"s"}],"ability":[{"skillsetId":"s","name":"a","instruction":"x","botId":"nothing"}]}""",
        """{"bot":[{"id":"b","skillsetId":"b"}]}""",
        """{"slackIntegration":[{"alias":"storm","botToken":"x"}],"secret":[{"value":"x","config":{"password":"y"}}]}"""))!.AsObject();

    private JsonArray Array(JsonObject schema, string name, int depth)
    {
        var count = name == "messages" ? 1 + dice.Below(4) : dice.Below(4);
        return schema["items"] is { } items
            ? [.. Enumerable.Range(0, count).Select(_ => Make(items, name, depth + 1))]
            : [.. Enumerable.Range(0, count).Select(_ => Any(depth + 1))];
    }

    private string Text(string name) => name switch
    {
        "contactId" or "id" => own.ContactId,
        "botId" or "datasetId" or "skillsetId" or "taskId" or "spaceId" or "secretId" or "fileId" => own.IdOf(name),
        "model" => dice.Pick("gpt-4o", "extractive", "gpt-4o/temperature=0.5"),
        "channelId" => own.ChannelId,
        "query" => dice.Pick(
            "{ bots { items { id name dataset { name } } } }", "{ skillsets(take: 100) { items { abilities(take: 100) { items { id } } } } }",
            "query Q { blueprints(order: asc) { cursor } task(id: \"a\") { id } }", "{ __schema { types { name } } }", "{ bots { ...a } } fragment a on BotList { ...a }"),
        "fingerprint" => $"fingerprint-of-{dice.Below(100)}",
        "email" => "someone@shop.example",
        "phone" => "+359888123456",
        "origins" => dice.Pick("https://shop.example", "http://localhost:3000"),
        "file" => dice.Pick("data:text/plain,hello", "data:image/png;base64,AAAA", "http://127.0.0.1:1/none"),
        "url" => "http://127.0.0.1:1/none",
        "permissions" => dice.Pick("complete", "send", "messages:read"),
        _ => dice.Chance(90) ? dice.PlainText() : dice.OddText(),
    };

    private JsonNode Number(string name) => name switch
    {
        "durationInSeconds" => 1800 + dice.Below(80_000),
        "lifetimeInSeconds" => 86_400 + dice.Below(2_000_000),
        "value" => 1 + dice.Below(100),
        "size" => 1 + dice.Below(1000),
        "expiresAt" or "createdAt" => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 86_400_000,
        _ => dice.Chance(90) ? 1 + dice.Below(20) : JsonValue.Create(dice.OddNumber()),
    };
}
