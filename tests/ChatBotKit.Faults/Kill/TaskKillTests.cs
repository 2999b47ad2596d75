using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ChatBotKit.Faults.Kill.Tasks;
using ChatBotKit.Faults.Kill.Writers;
using ChatBotKit.TestModels;

namespace ChatBotKit.Faults.Kill;

/// <summary>
/// The server is repeatedly killed with SIGKILL while tasks are created, become due and run. Each scheduled time and each trigger has
/// exactly one execution, and each execution has exactly one end.
/// </summary>
public sealed class TaskKillTests
{
    private const int Writers = 4;

    /// <summary>No kill begins after this time, so that a slow machine checks less instead of running longer.</summary>
    private static readonly TimeSpan TimeLimit = Form.Pick(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(15));

    /// <summary>How many executions there are at least, if <c>CHATBOTKIT_EXECUTIONS</c> says so, in place of a number of kills and a time.</summary>
    private static readonly int? Wanted =
        int.TryParse(Environment.GetEnvironmentVariable("CHATBOTKIT_EXECUTIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : null;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_AtAnyMoment_GivesEachOccurrenceOneExecution()
    {
        var seed = Form.Seed ?? Random.Shared.Next();
        Form.Report($"CHATBOTKIT_SEED={seed}");
        var (random, watch) = (new Random(seed), Stopwatch.StartNew());
        await using var database = await KillDatabase.CreateAsync();
        var answers = new TaskModel();
        await using var model = (await ScriptedModelServer.StartAsync(Token)).Otherwise(answers.Script);
        await using var victim = new Victim(database, model);
        TaskWriter? writer = null;
        var kills = 0;
        for (var most = Form.Pick(6, 150); Wanted is { } wanted ? (writer?.Tasks.Count ?? 0) < wanted : kills < most && (kills == 0 || watch.Elapsed < TimeLimit); kills++)
        {
            using var api = new ApiConnection(await victim.StartAsync());
            writer ??= new TaskWriter((await api.PostAsync(new ApiCall("v1/bot/create", "{}", Writer.OwnerSecret))).GetProperty("id").GetString()!);
            var goal = writer.Tasks.Count + random.Next(3, 30);
            var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => writer.WriteAsync(api))));
            while (writer.Tasks.Count < goal && !writing.IsCompleted)
                await Task.Delay(1, Token);
            Assert.False(writing.IsCompletedSuccessfully, "The server was gone before it was killed.");
            await Task.Delay(random.Next(0, 200), Token);
            await victim.KillAsync();
            await writing.WaitAsync(Patience, Token);
        }

        answers.AnswerAll();
        using (var api = new ApiConnection(await victim.StartAsync()))
        {
            await writer!.FinishAsync(api);
            await WaitForEndsAsync(database);
            foreach (var task in writer.Tasks.Values)
                await CheckAsync(api, database, task);
        }

        await victim.KillAsync();
        Assert.Empty(await database.CheckByProgramAsync());
        Assert.InRange(
            database.CountTaskExecutions(), writer.Tasks.Values.Count(task => !task.MayHaveBeenLate), writer.Tasks.Count);
        Form.Report($"kills                        {kills}");
        Form.Report($"tasks                        {writer.Tasks.Count}, each with one execution");
        Form.Report($"executions interrupted       {database.CountInterruptedExecutions()}");
        Form.Report($"time                         {watch.Elapsed.TotalSeconds:0} s");
        Assert.True(database.CountInterruptedExecutions() > 0, "No execution was interrupted.");
    }

    private static async Task WaitForEndsAsync(KillDatabase database)
    {
        var watch = Stopwatch.StartNew();
        while (database.CountTaskWork() > 0)
        {
            Assert.True(watch.Elapsed < Patience, $"{database.CountTaskWork()} items of work have not ended.");
            await Task.Delay(50, Token);
        }
    }

    private static async Task CheckAsync(ApiConnection api, KillDatabase database, TaskRecord task)
    {
        var name = TaskModel.DescriptionOf(task.Number);
        var executions = await api.ListAsync($"v1/task/{task.Id}/execution/list", Writer.OwnerSecret);
        if (task.MayHaveBeenLate && executions.Count == 0)
            return;
        var execution = Assert.Single(executions);
        Assert.Equal($"{name}: idle {TaskModel.OutcomeOf(task.Number)} {name}", $"{name}: {TextOf(execution, "status")} {TextOf(execution, "outcome")} {TextOf(execution, "summary")}");
        var stored = await api.GetAsync($"v1/task/{task.Id}/fetch", Writer.OwnerSecret);
        Assert.Equal($"{name}: idle {TaskModel.OutcomeOf(task.Number)}", $"{name}: {TextOf(stored, "status")} {TextOf(stored, "outcome")}");
        Assert.Equal(JsonValueKind.Null, stored.GetProperty("nextRunAt").ValueKind);
        var conversation = TextOf(execution, "conversationId")!;
        var messages = await api.ListAsync($"v1/conversation/{conversation}/message/list", Writer.OwnerSecret);
        Assert.Single(messages, message => TextOf(message, "text") == name);
        // The end of an execution stores one record of the usage of its description.
        Assert.Equal($"{name}: 1", $"{name}: {database.CountTaskEnds(conversation)}");
    }

    private static string? TextOf(JsonElement item, string field) => item.GetProperty(field).GetString();
}
