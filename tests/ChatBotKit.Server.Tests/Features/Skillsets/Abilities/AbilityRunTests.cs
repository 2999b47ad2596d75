using System.Text.Json;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Tests.ConversationEngine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Abilities in the runs of conversations.</summary>
public sealed class AbilityRunTests
{
    [Fact]
    public async Task Run_WithASkillset_CallsItsAbilities()
    {
        await using var server = await EngineServer.StartAsync();
        var skillset = await server.Http.CreateSkillsetAsync();
        await server.Http.CreateAbilityAsync(skillset, "```echo\nHello $[name! |who]\n```", "Say hello!", new { description = "Greets somebody." });
        await server.Http.CreateAbilityAsync(skillset, "```echo\nno\n```", "off", new { state = "disabled" });
        server.Model.Answer(script => script.ToolCall("c1", "say_hello", """{"name":"Ada"}""").ToolCall("c2", "say_hello", """{"name":"Bo"}"""))
            .Answer(script => script.Text("Done."));

        var run = await AskAsync(server, skillset);

        Assert.Equal(["\"Hello Ada\"", "\"Hello Bo\""], run.Activities("response").Select(response => response.GetProperty("result").GetString()));
        var tool = Assert.Single(server.Model.Requests[0].Body.GetProperty("tools").EnumerateArray().ToList()).GetProperty("function");
        Assert.Equal(("say_hello", "Greets somebody."), (tool.GetProperty("name").GetString(), tool.GetProperty("description").GetString()));
        Assert.Equal(
            """{"type":"object","title":"Action request","properties":{"name":{"type":"string","description":"who"}},"required":["name"],"additionalProperties":false}""",
            tool.GetProperty("parameters").GetRawText());
        Assert.Equal("skillset", run.Data("operationBegin")[0].GetProperty("action").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Run_WithADisabledSkillset_HasNoFunctions()
    {
        await using var server = await EngineServer.StartAsync();
        var skillset = await server.Http.CreateSkillsetAsync(new { state = "disabled" });
        await server.Http.CreateAbilityAsync(skillset, "```echo\nHello\n```");
        server.Model.Answer(script => script.Text("Done."));

        await AskAsync(server, skillset);

        Assert.Empty(server.Tools());
    }

    [Fact]
    public async Task Run_WithAbilitiesOfTheRequest_CallsThem()
    {
        await using var server = await EngineServer.StartAsync();
        server.Model.Answer(script => script.ToolCall("c1", "greet", "{}")).Answer(script => script.Text("Done."));
        var abilities = new[] { new { name = "greet", description = "Greets.", instruction = "```echo\nHello\n```" } };

        var run = await server.AskAsync(extensions: new { skillsets = new[] { new { abilities } } });

        Assert.Equal("\"Hello\"", Assert.Single(run.Activities("response")).GetProperty("result").GetString());
    }

    [Fact]
    public async Task Run_CallingATool_GivesItTheRunAndTheNumberOfTheCall()
    {
        var action = new ProbeAction();
        await using var server = await EngineServer.StartAsync(services: services => services.AddSingleton<IAbilityAction>(action));
        var skillset = await server.Http.CreateSkillsetAsync();
        await server.Http.CreateAbilityAsync(skillset, "!probe", "probe");
        var conversation = ApiJson.Id(await server.Http.ReadAsync(HttpMethod.Post, "conversation/create", new { skillsetId = skillset }));
        server.Model.Answer(script => script.ToolCall("c1", "probe", "{}").ToolCall("c2", "probe", "{}"))
            .Answer(script => script.ToolCall("c3", "probe", """{"x":1}""")).Answer(script => script.Text("Done."));

        var run = await server.CompleteAsync(conversation, new { text = "Go" });

        Assert.Equal([$"{run.RunId}-1", $"{run.RunId}-2", $"{run.RunId}-3"], action.Calls.Select(call => call.IdempotencyKey).Order());
        Assert.All(action.Calls, call => Assert.Equal(conversation, call.Scope.ConversationId));
    }

    [Fact]
    public async Task Run_WithAToolThatHangs_GetsAnErrorAfterTheLimit()
    {
        var action = new ProbeAction { Hangs = true };
        await using var server = await EngineServer.StartAsync(services: services =>
        {
            services.AddSingleton<IAbilityAction>(action);
            services.Replace(ServiceDescriptor.Singleton(new AbilityOptions { Limit = TimeSpan.FromMilliseconds(20) }));
        });
        var skillset = await server.Http.CreateSkillsetAsync();
        await server.Http.CreateAbilityAsync(skillset, "!probe", "probe");
        server.Model.Answer(script => script.ToolCall("c1", "probe", "{}")).Answer(script => script.Text("Done."));

        var run = await AskAsync(server, skillset);

        Assert.Contains("was stopped", Assert.Single(run.Activities("response")).GetProperty("result").GetString(), StringComparison.Ordinal);
        Assert.Equal("Done.", run.Text);
    }

    [Fact]
    public async Task Run_WithALongResult_CutsItAndSaysSo()
    {
        await using var server = await EngineServer.StartAsync(services: services =>
            services.Replace(ServiceDescriptor.Singleton(new AbilityOptions { MaxResultCharacters = 100 })));
        var skillset = await server.Http.CreateSkillsetAsync();
        await server.Http.CreateAbilityAsync(skillset, $"```echo\n{new string('x', 500)}\n```", "long");
        server.Model.Answer(script => script.ToolCall("c1", "long", "{}")).Answer(script => script.Text("Done."));

        var run = await AskAsync(server, skillset);

        var result = JsonDocument.Parse(Assert.Single(run.Activities("response")).GetProperty("result").GetString()!).RootElement;
        Assert.Contains("502 characters", result.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(101, result.GetProperty("beginning").GetString()!.Length);
    }

    [Fact]
    public async Task Run_ThatIsAborted_CancelsItsTool()
    {
        var action = new ProbeAction { Waits = true };
        await using var server = await EngineServer.StartAsync(services: services => services.AddSingleton<IAbilityAction>(action));
        var skillset = await server.Http.CreateSkillsetAsync();
        await server.Http.CreateAbilityAsync(skillset, "!probe", "probe");
        var conversation = ApiJson.Id(await server.Http.ReadAsync(HttpMethod.Post, "conversation/create", new { skillsetId = skillset }));
        server.Model.Answer(script => script.ToolCall("c1", "probe", "{}"));
        using var response = await server.Http.OpenAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new { text = "Go" });
        using var lines = await RunLines.OpenAsync(response);
        await lines.UntilAsync("operationBegin");
        await action.Started.Task.WaitAsync(EngineServer.Patience, TestContext.Current.CancellationToken);

        await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/run/{lines.RunId}/abort", "{}");

        await action.Cancelled.Task.WaitAsync(EngineServer.Patience, TestContext.Current.CancellationToken);
        Assert.Contains("abort", new RunTranscript(null, await lines.RestAsync()).Types);
    }

    [Fact]
    public async Task Run_WithTheAbilityAbort_Ends()
    {
        await using var server = await EngineServer.StartAsync();
        var skillset = await server.Http.CreateSkillsetAsync();
        await server.Http.CreateAbilityAsync(skillset, "@abort", "stop");
        server.Model.Answer(script => script.ToolCall("c1", "stop", """{"reason":"done"}"""));

        var run = await AskAsync(server, skillset);

        Assert.Equal(("abort", "ability"), (run.EndReason, run.Data("abort").Single().GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("""["messages:read"]""", false)]
    [InlineData("""["messages:read","tools:read"]""", true)]
    public async Task EndUser_SeesTheDataOfTools_OnlyWithThePermission(string permissions, bool isShown)
    {
        await using var server = await EngineServer.StartAsync();
        var skillset = await server.Http.CreateSkillsetAsync();
        await server.Http.CreateAbilityAsync(skillset, "```echo\ninternal $[what!]\n```", "look");
        var conversation = ApiJson.Id(await server.Http.ReadAsync(HttpMethod.Post, "conversation/create", new { skillsetId = skillset }));
        server.Model.Answer(script => script.ToolCall("c1", "look", """{"what":"number"}""")).Answer(script => script.Text("Done."));
        var run = await server.CompleteAsync(conversation, new { text = "Go" });
        var session = await server.Http.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", $$"""{"permissions":{{permissions}}}""");

        using var answer = await server.Http.SendAsync(
            HttpMethod.Get, $"conversation/{conversation}/run/{run.RunId}/stream", accept: "application/jsonl", token: session.Text("token"));
        var seen = await answer.ReadTextAsync();

        Assert.Contains("Done.", seen, StringComparison.Ordinal);
        Assert.Equal(isShown, seen.Contains("internal", StringComparison.Ordinal));
        Assert.Equal(isShown, seen.Contains("number", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_OfAnotherAccount_ReachesNothingOfTheOwnerOfThePublicSkillset()
    {
        await using var server = await EngineServer.StartAsync(more: [("CHATBOTKIT_ALLOW_PRIVATE_URLS", "true")]);
        var file = ApiJson.Id(await server.Http.ReadAsync(HttpMethod.Post, "file/create", new { name = "notes.txt" }));
        var secret = ApiJson.Id(await server.Http.ReadAsync(HttpMethod.Post, "secret/create", new { name = "key", kind = "shared", value = "s3cr3t" }));
        var skillset = await server.Http.CreateSkillsetAsync(new { visibility = "public" });
        await server.Http.CreateAbilityAsync(skillset, "@file/read[by-id]", "read");
        await server.Http.CreateAbilityAsync(skillset, "@file/read", "linked", new { fileId = file });
        await server.Http.CreateAbilityAsync(
            skillset, "!fetch {url: 'http://127.0.0.1:1/', headers: {Authorization: '${SECRET_DEFAULT}'}}", "call", new { secretId = secret });
        var account = await server.Server.AddAccountAsync();
        using var stranger = server.Server.Client(await server.Server.CreateApiTokenAsync(account.Id));
        server.Model.Answer(script => script.ToolCall("c1", "read", $$"""{"fileId":"{{file}}"}""").ToolCall("c2", "linked", "{}").ToolCall("c3", "call", "{}"))
            .Answer(script => script.Text("Done."));

        var run = await server.RunAsync(
            "/v1/conversation/complete", new { skillsetId = skillset, messages = new[] { new { type = "user", text = "Go" } } }, http: stranger);

        var results = run.Activities("response").Select(response => response.GetProperty("result").GetString()!).ToList();
        Assert.Equal(3, results.Count);
        Assert.All(results[..2], result => Assert.Equal("""{"error":"There is no such file."}""", result));
        Assert.StartsWith("{\"error\":", results[2], StringComparison.Ordinal);
        Assert.DoesNotContain("reached", results[2], StringComparison.Ordinal);
    }

    private static Task<RunTranscript> AskAsync(EngineServer server, string skillset) =>
        server.RunAsync("/v1/conversation/complete", new { skillsetId = skillset, messages = new[] { new { type = "user", text = "Go" } } });

    private sealed class ProbeAction : IAbilityAction
    {
        public System.Collections.Concurrent.ConcurrentQueue<AbilityCall> Calls { get; } = new();

        public TaskCompletionSource Started { get; } = new();

        public TaskCompletionSource Cancelled { get; } = new();

        /// <summary>Whether a call never ends, even when it is cancelled.</summary>
        public bool Hangs { get; init; }

        /// <summary>Whether a call ends when it is cancelled.</summary>
        public bool Waits { get; init; }

        public IReadOnlyList<string> Names { get; } = ["probe"];

        public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
        {
            Calls.Enqueue(call);
            Started.TrySetResult();
            if (Waits)
            {
                using var registration = cancellationToken.Register(() => Cancelled.TrySetResult());
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            if (Hangs)
                await new TaskCompletionSource().Task;
            return AbilityResult.Of("seen");
        }
    }
}
