using System.Text;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The whole answer of a model to a request that belongs to no run, so that no client sees its parts.</summary>
/// <param name="Text">The text; the beginning of one that is too long.</param>
/// <param name="IsTooLong">Whether the text was longer than the caller permits. Then the rest was not read.</param>
internal readonly record struct WholeAnswer(string Text, bool IsTooLong)
{
    /// <param name="model">The model.</param>
    /// <param name="request">The request.</param>
    /// <param name="maxCharacters">The maximum length of the text.</param>
    /// <param name="usage">Gets the tokens of the call, or an estimate when the provider does not count them.</param>
    /// <param name="cancellationToken">The token that cancels the call.</param>
    /// <exception cref="ModelProviderException">The provider failed.</exception>
    public static async Task<WholeAnswer> AskAsync(
        ResolvedModel model, ModelRequest request, int maxCharacters, UsageCounter usage, CancellationToken cancellationToken)
    {
        var (text, isTooLong, counted) = (new StringBuilder(), false, (ModelUsage?)null);
        await foreach (var piece in model.Provider.StreamAsync(request, cancellationToken))
        {
            if (piece.Kind == ModelEventKind.Usage)
                counted = piece.Usage;
            if (piece.Kind != ModelEventKind.Text)
                continue;
            isTooLong = text.Length + (long)piece.Text.Length > maxCharacters;
            text.Append(piece.Text.AsSpan(0, Math.Min(piece.Text.Length, maxCharacters - text.Length)));
            if (isTooLong)
                break;
        }

        var answer = new WholeAnswer(text.ToString(), isTooLong);
        counted ??= new ModelUsage(request.Messages.Sum(message => UsageCounter.Estimate(message.Text)), UsageCounter.Estimate(answer.Text));
        usage.Add(counted.InputTokens, counted.OutputTokens);
        return answer;
    }
}
