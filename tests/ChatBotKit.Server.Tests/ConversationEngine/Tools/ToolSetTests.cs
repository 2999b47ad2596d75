using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class ToolSetTests
{
    [Fact]
    public void Functions_OfTheRequest_AreKept_HoweverManyAbilitiesThereAre()
    {
        var input = new RunInput { Kind = RunKinds.Dispatch, AccountId = "a", ScopeId = "a", Functions = [Function("_success"), Function("_failure")] };

        var tools = new ToolSet(input, isSearchable: true, [.. Enumerable.Range(0, 200).Select(number => Ability($"ability_{number}"))]);

        Assert.Equal(ToolSet.MaxFunctions, tools.All.Count());
        Assert.NotNull(tools.Find("_success"));
        Assert.NotNull(tools.Find("_failure"));
    }

    [Fact]
    public void Ability_PrecedesAFunctionOfTheRequest_WithTheSameName()
    {
        var (ability, function) = (Ability("find"), Function("find"));
        var input = new RunInput { Kind = RunKinds.Dispatch, AccountId = "a", ScopeId = "a", Functions = [function] };

        Assert.Same(ability, new ToolSet(input, isSearchable: false, [ability]).Find("find"));
    }

    private static ServedFunction Ability(string name) =>
        new() { Name = name, Description = name, Parameters = JsonElement.Parse("{}"), Runner = new NoRunner() };

    private static EngineFunction Function(string name) => new() { Name = name, Description = name, Parameters = JsonElement.Parse("{}") };

    private sealed class NoRunner : IFunctionRunner
    {
        public Task<string> RunAsync(EngineCall call, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
