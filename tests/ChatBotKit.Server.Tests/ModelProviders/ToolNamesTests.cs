using System.Text.Json.Nodes;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.Tests.ModelProviders;

public sealed class ToolNamesTests
{
    [Theory]
    [InlineData("look", "look")]
    [InlineData("_private", "_private")]
    [InlineData("get-weather", "get-weather")]
    [InlineData("$x", "_x")]
    [InlineData("calendar.read", "calendar_read")]
    [InlineData("wetter.für", "wetter_f_r")]
    [InlineData("3d", "f_3d")]
    [InlineData("-a", "f_-a")]
    [InlineData("天", "_")]
    [InlineData("", "f_")]
    public void Name_GoesOutAllowedAndComesBackAsItWas(string name, string sent)
    {
        var names = ToolNames.Of(WithTools(name));

        Assert.Equal(sent, names.Sent(name));
        Assert.Equal(name, Restored(names, sent));
    }

    [Fact]
    public void Names_ThatBecomeTheSame_StayApart()
    {
        string[] all = ["a_b", "a.b", "a$b", new string('x', 80), new string('x', 90), "a_b_2"];
        var names = ToolNames.Of(WithTools(all));

        var sent = all.Select(names.Sent).ToList();

        Assert.Equal("a_b", sent[0]);
        Assert.Equal(all.Length, sent.Distinct().Count());
        Assert.All(sent, name => Assert.InRange(name.Length, 1, 64));
        Assert.Equal(all, sent.Select(name => Restored(names, name)));
    }

    [Fact]
    public void Name_OfTheHistoryAlone_IsMappedToo()
    {
        var request = WithTools("look") with
        {
            Messages = [new ModelMessage(ModelRole.Assistant, "") { ToolCalls = [new ModelToolCall("c", "old.one", "{}")] }],
        };

        Assert.Equal("old_one", ToolNames.Of(request).Sent("old.one"));
    }

    [Theory]
    [InlineData("{}", """{"type":"object","properties":{}}""")]
    [InlineData("""{"type":"object"}""", """{"type":"object","properties":{}}""")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"type":"object","properties":{"a":{"type":"string"}}}""")]
    [InlineData("""{"type":["object","null"],"properties":null,"required":null}""", """{"type":"object","properties":{}}""")]
    [InlineData("""{"type":"object","properties":{"a":true}}""", """{"type":"object","properties":{"a":{}}}""")]
    [InlineData(
        """{"$ref":"#/$defs/A","$defs":{"A":{"type":"object","properties":{"a":{"$ref":"#/$defs/B"}},"required":["a"]},"B":{"type":"string"}}}""",
        """{"type":"object","$defs":{"A":{"type":"object","properties":{"a":{"$ref":"#/$defs/B"}},"required":["a"]},"B":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/B"}},"required":["a"]}""")]
    [InlineData("""{"title":"t","type":"object","properties":{},"anyOf":[{}]}""", """{"title":"t","type":"object","properties":{},"anyOf":[{}]}""")]
    public void Schema_OfAnyForm_IsOneThatProvidersTake(string schema, string sent)
    {
        var normal = ToolSchema.Normalize((JsonObject)JsonNode.Parse(schema)!, out var fault);

        Assert.Null(fault);
        Assert.Equal(sent, normal.GetRawText());
    }

    [Theory]
    [InlineData("""{"type":"string"}""", "type\" must be object")]
    [InlineData("""{"type":"object","properties":[]}""", "properties\" must be an object")]
    [InlineData("""{"$ref":"#/$defs/No"}""", "$ref\"")]
    [InlineData("""{"$ref":"#/$defs/A","$defs":{"A":{"$ref":"#/$defs/A"}}}""", "$ref\"")]
    [InlineData("""{"$ref":"https://example.com/schema"}""", "$ref\"")]
    public void Schema_OfSomethingElse_HasAFault(string schema, string says)
    {
        ToolSchema.Normalize((JsonObject)JsonNode.Parse(schema)!, out var fault);

        Assert.StartsWith(says, fault, StringComparison.Ordinal);
    }

    private static string Restored(ToolNames names, string sent) =>
        names.Restore(ModelEvent.OfToolCall(new ModelToolCall("c", sent, "{}"))).ToolCall!.Name;

    private static ModelRequest WithTools(params string[] names) => ModelRequests.Hello() with
    {
        Tools = [.. names.Select(name => ModelRequests.Weather with { Name = name })],
    };
}
