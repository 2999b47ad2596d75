using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests.Features;

public sealed class AbilityExecutionTests
{
    [Theory]
    [InlineData("```echo\nHello $[name! |who] and ${EARTH_TIMEZONE}\n```", """{"name":"Ada"}""", "\"Hello Ada and UTC\"")]
    [InlineData("```echo\nHello [[name]]\n```", "name: Ada", "\"Hello Ada\"")]
    [InlineData("```echo\nHello $[name!]\n```", "Ada", "\"Hello Ada\"")]
    [InlineData("!echo\na: !string name\nb: [1, true, null, x]", """{"name":"A\nb: 2"}""", """{"a":"A\nb: 2","b":[1,true,null,"x"]}""")]
    [InlineData("action: echo\ncount: !number {name: n, default: 3}", null, """{"count":3}""")]
    [InlineData("!echo {a: !concat [x, !string name]}", """{"name":"y"}""", """{"a":"xy"}""")]
    public async Task Execute_OfEcho_FillsTheInstruction(string instruction, string? input, string result)
    {
        await using var server = await FeatureServer.StartAsync();

        var answer = await server.Owner.ExecuteAsync(instruction, input);

        Assert.Equal(result, answer.Result());
        Assert.Equal(0, answer.GetProperty("usage").GetProperty("token").GetInt64());
    }

    [Theory]
    [InlineData("```echo\n$[a!] $[b!]\n```", """{"a":"x"}""", "Required values are missing: b.")]
    [InlineData("```echo\n$[a! number]\n```", """{"a":"x"}""", "\"a\" must be of type number.")]
    [InlineData("```echo\n$[a enum<x,y>]\n```", """{"a":"z"}""", "\"a\" must be one of x, y.")]
    [InlineData("```echo\n$[a! nonsense]\n```", null, "The instruction can't be read: line 2, column 6: there is no operation \"nonsense\".")]
    [InlineData("```echo\n\n$[a! |never closed\n```", null, "The instruction can't be read: line 3, column 1: the field that begins here is not closed.")]
    [InlineData("!echo\na: 1\na: 2", null, "The instruction can't be read: line 3, column 1: the key \"a\" is there twice.")]
    [InlineData("```echo\n${SECRET_DEFAULT}\n```", null, "The secret SECRET_DEFAULT can be used only in headers.")]
    [InlineData("```echo\n${CONVERSATION_ID}\n```", null, "There is no value for CONVERSATION_ID here.")]
    [InlineData("```brew\ncoffee\n```", null, "This server does not execute the action \"brew\".")]
    [InlineData("", null, "The instruction can't be read: line 1, column 1: the instruction is empty.")]
    public async Task Execute_OfWhatFails_AnswersTheError(string instruction, string? input, string error)
    {
        await using var server = await FeatureServer.StartAsync();

        Assert.Equal(error, (await server.Owner.ExecuteAsync(instruction, input)).Error());
    }

    [Theory]
    [InlineData("```echo\nHello\n```", "")]
    [InlineData("```echo\n${SECRET_DEFAULT}\n```", """{"failed":true}""")]
    public async Task Execute_IsLogged_WithItsEnd(string instruction, string meta)
    {
        await using var server = await FeatureServer.StartAsync();
        await server.Owner.ExecuteAsync(instruction);

        await server.Service<EventQueue>().FlushAsync(TestContext.Current.CancellationToken);

        var one = Assert.Single((await server.GetAsync("event/log/list?type=action.echo")).Items());
        Assert.Equal(meta, one.GetProperty("meta") is { ValueKind: JsonValueKind.Object } given ? given.GetRawText() : "");
    }

    [Fact]
    public async Task Execute_OfADisabledAbility_Executes()
    {
        await using var server = await FeatureServer.StartAsync();
        var skillset = await server.Owner.CreateSkillsetAsync(new { name = "Off", state = "disabled" });
        var ability = await server.Owner.CreateAbilityAsync(skillset, "```echo\nHello\n```", more: new { state = "disabled" });

        Assert.Equal("\"Hello\"", (await server.Owner.ExecuteAbilityAsync(skillset, ability)).Result());
    }

    [Fact]
    public async Task Execute_AsJsonLines_EndsWithTheResult()
    {
        await using var server = await FeatureServer.StartAsync();
        var skillset = await server.Owner.CreateSkillsetAsync();
        var ability = await server.Owner.CreateAbilityAsync(skillset, "```echo\nHello\n```");

        using var answer = await server.Owner.OpenAsync(HttpMethod.Post, $"skillset/{skillset}/ability/{ability}/execute", "{}");
        var events = await RunTranscript.ReadAsync(answer);

        Assert.Equal("result", events.Types[^1]);
    }

    [Fact]
    public async Task Execute_OfAnotherAccountOrSkillset_IsNotFound()
    {
        await using var server = await FeatureServer.StartAsync();
        var skillset = await server.Owner.CreateSkillsetAsync(new { visibility = "public" });
        var other = await server.Owner.CreateSkillsetAsync();
        var ability = await server.Owner.CreateAbilityAsync(skillset, "```echo\nHello\n```");
        var stranger = await server.StrangerAsync();

        await server.Owner.AssertRefusedAsync("404 NOT_FOUND: Ability not found", HttpMethod.Post, $"skillset/{other}/ability/{ability}/execute", "{}");
        await stranger.AssertRefusedAsync("404 NOT_FOUND: Skillset not found", HttpMethod.Post, $"skillset/{skillset}/ability/{ability}/execute", "{}");
        await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST: *contact*", HttpMethod.Post, $"skillset/{skillset}/ability/{ability}/execute", """{"contactId":"x"}""");
    }
}
