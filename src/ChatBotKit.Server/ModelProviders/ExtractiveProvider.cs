using System.Runtime.CompilerServices;
using System.Text;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.ModelProviders;

/// <summary>
/// The built-in model. It needs no key, network or file: it quotes the passages that best match the last question, and says that it
/// does so. The same request always gets the same answer.
/// </summary>
internal sealed class ExtractiveProvider(IPassageSearch search) : IModelProvider
{
    public const string ModelName = "extractive";

    /// <summary>The <see cref="Passage.Source"/> of the backstory.</summary>
    public const string BackstorySource = "backstory";

    private const int MaxQuotes = 2;
    private const int CharactersPerToken = 4;
    private const int ContextTokens = 1_000_000;
    private const int OutputTokens = 1_000;

    private const string Introduction = "This is what I found in the texts that I have:";

    private const string NothingFound =
        "I found nothing about that in the texts that I have. I am the built-in model, which only quotes them; "
        + "please ask in other words.";

    public string Name => "builtin";

    public bool FollowsInstructions => false;

    public IReadOnlyList<ModelDescription> Models { get; } =
    [
        new(ModelName, ModelName, "Quotes the best passages of the bot's texts. Needs no key and no network.",
            ContextTokens, ContextTokens - OutputTokens, OutputTokens),
    ];

    public async IAsyncEnumerable<ModelEvent> StreamAsync(
        ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The search is CPU-bound; the request that starts the run must not wait for it.
        await Task.Yield();
        var question = request.Messages.LastOrDefault(message => message is { Role: ModelRole.User, IsOfFiles: false })?.Text ?? "";
        var answer = Compose(search.Search(request.Knowledge, question, MaxQuotes));
        foreach (var word in Words(answer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ModelEvent.OfText(word);
        }

        yield return ModelEvent.OfUsage(
            EstimateTokens(request.Messages.Sum(message => (long)message.Text.Length)), EstimateTokens(answer.Length));
        yield return ModelEvent.OfEnd(ModelEndReason.Stop);
    }

    private static string Compose(IReadOnlyList<Passage> found)
    {
        if (found.Count == 0)
            return NothingFound;
        var answer = new StringBuilder(Introduction);
        foreach (var passage in found)
            answer.Append("\n\n").Append(Attribution(passage.Source)).Append(": ").Append(passage.Text);
        return answer.ToString();
    }

    private static string Attribution(string source) => source switch
    {
        "" => "From an unnamed text",
        BackstorySource => "From the backstory",
        _ => $"From \"{source}\"",
    };

    /// <summary>Splits the text into words, each with the white space that follows it.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i - 1]) || char.IsWhiteSpace(text[i]))
                continue;
            yield return text[start..i];
            start = i;
        }

        yield return text[start..];
    }

    private static long EstimateTokens(long characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;
}
