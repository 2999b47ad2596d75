using ChatBotKit.Cli;

return await Cli.RunAsync(args, Surroundings.OfProcess());
