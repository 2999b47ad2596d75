using System.Text.Json;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The size limits of free-form fields.</summary>
public sealed class FieldSizeTests
{
    /// <summary>Every such field with its maximum size; <c>@</c> is the place of a JSON string in it.</summary>
    public static TheoryData<string, string, int> Fields => new()
    {
        { "conversation/create", """{"meta":{"a":"@"}}""", FieldRules.MaxFreeBytes },
        { "conversation/create", """{"contactId":{"name":"a","meta":{"a":"@"}}}""", FieldRules.MaxFreeBytes },
        { "conversation/create", """{"contactId":{"name":"a","phone":"@"}}""", FieldRules.MaxNameBytes },
        { "conversation/create", """{"messages":[{"type":"user","text":"a","meta":{"a":"@"}}]}""", FieldRules.MaxFreeBytes },
        { "conversation/create", """{"messages":[{"type":"activity","text":"a","meta":{"a":"@"}}]}""", FieldRules.MaxResultBytes },
        { "conversation/{id}/update", """{"meta":{"a":"@"}}""", FieldRules.MaxFreeBytes },
        { "conversation/{id}/update", """{"meta":{"$update":{"a":"@"}}}""", FieldRules.MaxFreeBytes },
        { "conversation/{id}/message/create", """{"type":"user","text":"a","meta":{"a":"@"}}""", FieldRules.MaxFreeBytes },
        { "conversation/{id}/message/create", """{"type":"activity","text":"a","meta":{"a":"@"}}""", FieldRules.MaxResultBytes },
        { "conversation/{id}/message/create", """{"type":"user","text":"a","entities":[{"begin":0,"end":1,"text":"@"}]}""", FieldRules.MaxFreeBytes },
        { "conversation/{id}/message/{message}/update", """{"meta":{"a":"@"}}""", FieldRules.MaxFreeBytes },
        { "conversation/{id}/message/{message}/update", """{"meta":{"$update":{"a":"@"}}}""", FieldRules.MaxFreeBytes },
        { "conversation/{id}/message/{message}/update", """{"entities":[{"begin":0,"end":1,"text":"@"}]}""", FieldRules.MaxFreeBytes },
        { "conversation/{id}/send", """{"text":"a","entities":[{"begin":0,"end":1,"text":"@"}]}""", FieldRules.MaxFreeBytes },
        { "conversation/{id}/complete", """{"text":"a","entities":[{"begin":0,"end":1,"text":"@"}]}""", FieldRules.MaxFreeBytes },
        { "conversation/{id}/contact/upsert", """{"name":"a","meta":{"a":"@"}}""", FieldRules.MaxFreeBytes },
        { "conversation/{id}/session/create", """{"meta":{"a":"@"}}""", FieldRules.MaxFreeBytes },
        { "conversation/complete", """{"messages":[{"type":"user","text":"a","meta":{"a":"@"}}]}""", FieldRules.MaxFreeBytes },
        { "conversation/complete", """{"messages":[{"type":"user","text":"a"}],"functions":[{"name":"f","description":"@","parameters":{}}]}""", FieldRules.MaxTextBytes },
        { "conversation/complete", """{"messages":[{"type":"user","text":"a"}],"functions":[{"name":"f","description":"d","parameters":{"a":"@"}}]}""", FieldRules.MaxFreeBytes },
        { "conversation/complete", """{"messages":[{"type":"user","text":"a"}],"functions":[{"name":"f","description":"d","parameters":{},"result":{"data":"@"}}]}""", FieldRules.MaxResultBytes },
        { "conversation/complete", """{"messages":[{"type":"user","text":"a"}],"extensions":{"features":[{"name":"f","options":{"a":"@"}}]}}""", FieldRules.MaxFreeBytes },
        { "conversation/complete", """{"messages":[{"type":"user","text":"a"}],"extensions":{"datasets":[{"records":[{"text":"t","meta":{"a":"@"}}]}]}}""", FieldRules.MaxFreeBytes },
        { "channel/a-channel-of-the-tests/publish", """{"message":{"a":"@"}}""", FieldRules.MaxResultBytes },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Field_LargerThanItsBound_IsRefusedWithTheBound(string path, string body, int maxBytes)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync("""{"model":"extractive"}""");
        var message = await server.CreateMessageAsync(id, "a");
        path = path.Replace("{id}", id, StringComparison.Ordinal).Replace("{message}", message, StringComparison.Ordinal);

        var told = await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST", HttpMethod.Post, path, body.Replace("@", new string('x', maxBytes + 1), StringComparison.Ordinal));

        Assert.Contains($"may not be longer than {maxBytes} bytes", told, StringComparison.Ordinal);
        if (maxBytes > FieldRules.MaxNameBytes)
            await server.PostAsync(path, body.Replace("@", new string('x', maxBytes - 100), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Meta_MergedPieceByPiece_DoesNotGrowPastItsBound()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var message = await server.CreateMessageAsync(id, "a");
        var piece = new string('x', 40_000);
        foreach (var path in (string[])[$"conversation/{id}/update", $"conversation/{id}/message/{message}/update", $"conversation/{id}/contact/upsert"])
        {
            await server.PostAsync(path, $$$$"""{"name":"Ada","meta":{"$update":{"a":"{{{{piece}}}}"}}}""");
            var told = await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, path, $$$$"""{"name":"Ada","meta":{"$update":{"b":"{{{{piece}}}}"}}}""");
            Assert.Contains("\"meta\" may not be longer than 65535 bytes", told, StringComparison.Ordinal);
            await server.PostAsync(path, $$$$"""{"name":"Ada","meta":{"$update":{"a":"","b":"{{{{piece}}}}"}}}""");
        }
    }

    [Fact]
    public async Task Meta_OfAnActivity_CanNotBecomeThatOfAnotherType()
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var message = await server.CreateMessageAsync(id, "a");
        var meta = $$"""{"a":"{{new string('x', 100_000)}}"}""";
        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, $"conversation/{id}/message/{message}/update", $$"""{"meta":{{meta}}}""");
        await server.PostAsync($"conversation/{id}/message/{message}/update", $$"""{"type":"activity","meta":{{meta}}}""");
    }

    [Fact]
    public async Task Meta_WithAHundredThousandKeys_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        var meta = JsonSerializer.Serialize(Enumerable.Range(0, 100_000).ToDictionary(number => $"k{number}"));
        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, "conversation/create", $$"""{"meta":{{meta}}}""");
    }
}
