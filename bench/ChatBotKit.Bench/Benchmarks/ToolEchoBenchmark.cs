using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// A run whose model calls one function and then answers: with a function of the request that has its result, and with the ability
/// <c>echo</c> of a stored skillset. The difference is what reading the skillset and executing the ability take.
/// </summary>
internal sealed class ToolEchoBenchmark : IBenchmark
{
    private const string Messages = $$"""
        "model":"{{ModelUpstream.Calls}}","messages":[{"type":"user","text":"Say hello."}]
        """;

    private const string Function = $$$"""
        {{{{Messages}}},"functions":[{"name":"{{{ModelUpstream.Function}}}","description":"Says hello.","parameters":{"type":"object","properties":{}},"result":{"data":"Hello"}}]}
        """;

    public string Name => "tool-echo";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempDirectory();
        await using var model = await ModelUpstream.StartAsync(context.Options, cancellationToken);
        await using var ours = await Servers.StartOursAsync(context.Options, data, model.BaseUrl, cancellationToken, isProbed: true);
        var api = Servers.ApiOf(ours);
        var skillset = (await api.Skillset.CreateAsync(new SkillsetCreateRequest { Name = "Tools" }, cancellationToken)).Id;
        var ability = new AbilityCreateRequest { Name = ModelUpstream.Function, Description = "Says hello.", Instruction = "```echo\nHello\n```" };
        await api.Skillset.Ability.CreateAsync(skillset, ability, cancellationToken);
        var stored = $$"""{{{Messages}},"skillsetId":"{{skillset}}"}""";

        await Rounds.RunAsync(context, $"{Name}, 1 stream",
        [
            Contend("function with its result", Function) with { IsFloor = true },
            Contend("ability", stored) with { Targets = [Target.AtMost("p50", 2)] },
        ], cancellationToken);

        Contender Contend(string name, string body)
        {
            var request = RequestTemplate.Post("/api/v1/conversation/complete", body.Trim());
            return new(name, token => LoadGenerator.RunAsync(ours, [request], context.Options.LoadDuration, token));
        }
    }
}
