using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Answers;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Summarizes the messages of a conversation. The summary then replaces them in the prompt.</summary>
internal static class Compaction
{
    private const string Instruction =
        "Sum up this conversation for yourself, so that you can go on without it: facts, decisions, names, numbers, and "
        + "what is still open. Write plain sentences and leave out courtesies.";

    public static async Task<CompactResult> SummarizeAsync(
        ResolvedModel model, List<TranscriptMessage> transcript, RunPrivacy? privacy, int maxCharacters, CancellationToken cancellationToken)
    {
        privacy?.Learn(transcript);
        model = privacy?.Guard(model) ?? model;
        var said = transcript.Where(IsSaid).ToList();
        if (said.Count == 0)
            return new CompactResult(null, "", 0, 0);

        var request = new ModelRequest
        {
            Model = model.Model,
            Messages =
            [
                new ModelMessage(ModelRole.System, Instruction),
                new ModelMessage(ModelRole.User, string.Join("\n", said.Select(message => $"{message.Type}: {message.Text}"))),
            ],
            Knowledge = [.. said.Select(message => new Passage(message.Type, message.Text))],
        };
        var usage = new UsageCounter();
        var answer = await WholeAnswer.AskAsync(model, request, maxCharacters, usage, cancellationToken);
        return answer.IsTooLong
            ? throw AnswerLimit.Exceeded(model.Provider.Name, maxCharacters)
            : new CompactResult(null, answer.Text, usage.InputTokens, usage.OutputTokens);
    }

    private static bool IsSaid(TranscriptMessage message) =>
        message.Text.Length > 0 && message.Type
            is TranscriptMessage.User or TranscriptMessage.Bot or TranscriptMessage.Context or TranscriptMessage.Checkpoint;
}
