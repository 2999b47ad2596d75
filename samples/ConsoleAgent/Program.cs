using ChatBotKit;
using ConsoleAgent;
using Microsoft.Extensions.AI;
using Samples;

// An agent on the console. The model decides which functions to call, and they run in this program.

var isReal = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OPENAI_API_KEY"));
await using var script = isReal ? null : await ScriptedModel.StartAsync();
await using var server = await SampleServer.StartAsync(script is null ? [] : ["--OPENAI_BASE_URL", script.Address, "--OPENAI_MODELS", "scripted"]);
Console.WriteLine(isReal
    ? "A real model answers, because OPENAI_API_KEY is set."
    : "The model is a small script, because OPENAI_API_KEY is not set. Everything else is real.");

var tasks = new List<string>();
AIFunction[] functions =
[
    AIFunctionFactory.Create((string task) => Note($"noted: {task}", () => tasks.Add(task)), "addTask", "Adds a task to the list."),
    AIFunctionFactory.Create((string task) => Note($"finished: {task}", () => tasks.Remove(task)), "finishTask", "Removes a task from the list."),
    AIFunctionFactory.Create(() => tasks, "listTasks", "Lists the remaining tasks."),
];

var api = server.CreateClient();
var conversation = await api.Conversation.CreateAsync(new ConversationCreateRequest
{
    Name = "Console agent",
    Backstory = "You keep a list of tasks with the functions that you have. Answer in one sentence.",
});
var agent = api.AsChatClient(new ChatBotKitChatClientOptions { ConversationId = conversation.Id })
    .AsBuilder()
    .UseFunctionInvocation()
    .Build();

string[] said = ["Please add: buy milk, call Anna, water the plants", "I have finished: call Anna", "What is left?"];
foreach (var line in args.Contains("--talk") ? Typed() : said)
{
    Console.WriteLine();
    Console.WriteLine($"You    {line}");
    Console.Write("Agent  ");
    await foreach (var update in agent.GetStreamingResponseAsync(line, new ChatOptions { Tools = [.. functions] }))
        Console.Write(update.Text);
    Console.WriteLine();
}

// Without --talk, the conversation is scripted and its outcome is always the same.
if (!isReal && !args.Contains("--talk") && !tasks.SequenceEqual(["buy milk", "water the plants"]))
    throw new InvalidOperationException($"The list contains {string.Join(", ", tasks)}.");

static string Note(string what, Action act)
{
    act();
    Console.Write($"[{what}] ");
    return "ok";
}

static IEnumerable<string> Typed()
{
    while (Console.ReadLine() is { Length: > 0 } line)
        yield return line;
}
