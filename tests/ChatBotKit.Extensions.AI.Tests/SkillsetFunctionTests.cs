using System.Text.Json.Nodes;
using ChatBotKit.Testing;
using Microsoft.Extensions.AI;

namespace ChatBotKit.Extensions.AI.Tests;

public sealed class SkillsetFunctionTests
{
    private const string List = "GET /api/v1/skillset/{id}/ability/list";
    private const string Execute = "POST /api/v1/skillset/{id}/ability/{id}/execute";

    [Fact]
    public async Task Abilities_OfASkillset_AreFunctionsThatTheApiCarriesOut()
    {
        var script = new ScriptedApi()
            .On(List, ScriptedAnswer.OfList(Ability("a1", "getTime"), Ability("a2", "send_mail")))
            .On(Execute, new AbilityExecuteResponse { Usage = new RunUsage { Token = 1 }, Result = new JsonObject { ["sent"] = true } });

        var functions = await SkillsetFunctions.CreateAsync(script.CreateClient(), "s1", "contact1", Stage.Token);
        var result = await functions[1].InvokeAsync(new AIFunctionArguments { ["input"] = "to the boss" }, Stage.Token);

        Assert.Equal([("getTime", "Does getTime."), ("send_mail", "Does send_mail.")], functions.Select(one => (one.Name, one.Description)));
        Assert.Equal("""{"sent":true}""", Assert.IsType<JsonObject>(result).ToJsonString());
        Assert.Equal(
            "POST /api/v1/skillset/s1/ability/a2/execute\n{\"input\":\"to the boss\",\"contactId\":\"contact1\"}", script.Requests[^1].Verbatim);
        Assert.Equal("a2", functions[1].AdditionalProperties["abilityId"]);
    }

    [Fact]
    public async Task Names_ThatFunctionsMayNotHave_AreMadeFitAndKeptApart()
    {
        var script = new ScriptedApi().On(List, ScriptedAnswer.OfList(
            Ability("a1", "Send mail!"), Ability("a2", "Send mail?"), Ability("a3", "1st"), Ability("a4", new string('x', 70)),
            Ability("a5", new string('x', 70)), Ability("a6", "")));

        var functions = await SkillsetFunctions.CreateAsync(script.CreateClient(), "s1", cancellationToken: Stage.Token);

        Assert.Equal(
            ["Send_mail_", "Send_mail__2", "ability_1st", new string('x', 64), new string('x', 62) + "_2", "ability_"],
            functions.Select(one => one.Name));
    }

    [Fact]
    public async Task Ability_ThatIsSwitchedOff_IsNoFunction()
    {
        var script = new ScriptedApi().On(List, ScriptedAnswer.OfList(
            Ability("a1", "on") with { State = State.Enabled }, Ability("a2", "off") with { State = State.Disabled }));

        var functions = await SkillsetFunctions.CreateAsync(script.CreateClient(), "s1", cancellationToken: Stage.Token);

        Assert.Equal("on", Assert.Single(functions).Name);
    }

    [Fact]
    public async Task Ability_ThatFails_TellsTheModel()
    {
        var script = new ScriptedApi()
            .On(List, ScriptedAnswer.OfList(Ability("a1", "mail")))
            .On(Execute, new AbilityExecuteResponse { Usage = new RunUsage { Token = 1 }, Error = "No such mailbox" });
        var function = (await SkillsetFunctions.CreateAsync(script.CreateClient(), "s1", cancellationToken: Stage.Token))[0];

        var result = await function.InvokeAsync(new AIFunctionArguments { ["to"] = "x", ["copies"] = 2 }, Stage.Token);

        Assert.Equal("No such mailbox", Assert.IsType<JsonObject>(result)["error"]!.GetValue<string>());
        Assert.Equal("""{"to":"x","copies":2}""", script.Requests[^1].ReadBody<AbilityExecuteRequest>().Input);
    }

    [Fact]
    public async Task Skillset_ThatIsUnknown_ThrowsTheSdksException()
    {
        var script = new ScriptedApi().On(List, ScriptedAnswer.OfError(404, ErrorCodes.NotFound));

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(
            () => SkillsetFunctions.CreateAsync(script.CreateClient(), "s1", cancellationToken: Stage.Token));

        Assert.Equal(ErrorCodes.NotFound, failure.Code);
    }

    private static AbilityItem Ability(string id, string name) => new()
    {
        Id = id,
        Name = name,
        Description = $"Does {name}.",
        Instruction = "",
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
