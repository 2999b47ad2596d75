using ChatBotKit.Bench.Floors;

return await FloorProgram.RunAsync(args);
