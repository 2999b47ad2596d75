using ChatBotKit;
using PdfAnswers;
using Samples;

// Answers questions from a folder of PDFs, and names the document and the page of each answer.
// Usage: PdfAnswers [folder [question…]]

var folder = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "documents");
string[] questions = args.Length > 1 ? args[1..] : ["How often is the coffee machine descaled?", "How much may a hotel cost?"];
if (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.pdf", SearchOption.AllDirectories) is not { Length: > 0 } paths)
{
    Console.Error.WriteLine("There are no PDFs in that folder.");
    return 1;
}

await using var server = await SampleServer.StartAsync();
var api = server.CreateClient();

var dataset = await api.Dataset.CreateAsync(new DatasetCreateRequest { Name = "Documents" });
foreach (var path in paths.Order(StringComparer.Ordinal))
    Console.WriteLine($"{Path.GetFileName(path)}: {await PdfImport.RunAsync(api, dataset.Id, path)}");

// The bot is public, so a visitor needs no credential to get a session with it.
var bot = await api.Bot.CreateAsync(new BotCreateRequest { Name = "Documents", DatasetId = dataset.Id, Visibility = Visibility.Public });
var session = await api.Bot.Session.CreateAsync(bot.Id);
var visitor = new ConversationClient(new ChatBotKitClientOptions { Secret = session.Token, BaseUrl = api.Url });
foreach (var question in questions)
{
    Console.WriteLine();
    Console.WriteLine($"You     {question}");
    Console.Write("Bot     ");
    IReadOnlyList<string> sources = [];
    await foreach (var item in visitor.CompleteAsync(session.ConversationId, new ConversationCompleteMessageRequest { Text = question }))
    {
        if (item is TokenEvent token)
            Console.Write(token.Data.Token);
        else if (item is MessageEvent { Data: { Type: var type, Meta: var meta } } && type == MessageType.Bot)
            sources = AnswerSources.Of(meta);
    }

    Console.WriteLine();
    foreach (var source in sources)
        Console.WriteLine($"Source  {source}");
    if (sources.Count == 0 && args.Length == 0)
        return 2;
}

return 0;
